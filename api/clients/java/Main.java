import com.google.protobuf.ByteString;
import inference.GRPCInferenceServiceGrpc;
import inference.OpenInferenceGrpc.InferTensorContents;
import inference.OpenInferenceGrpc.ModelInferRequest;
import inference.OpenInferenceGrpc.ModelInferRequest.InferInputTensor;
import inference.OpenInferenceGrpc.ModelInferRequest.InferRequestedOutputTensor;
import inference.OpenInferenceGrpc.ModelMetadataRequest;
import inference.OpenInferenceGrpc.ModelReadyRequest;
import inference.OpenInferenceGrpc.ServerLiveRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client generated from the proto, against a server that serves heart. Usage: java Main HOST:PORT */
public final class Main {
  private static final long[] AGES = {50, 60, 70};
  private static final List<String> SEXES = List.of("male", "female", "male");

  private static InferInputTensor.Builder tensor(String name, String datatype) {
    return InferInputTensor.newBuilder().setName(name).setDatatype(datatype).addShape(AGES.length);
  }

  /** The same rows as typed contents. */
  private static ModelInferRequest typed(String model, long firstAge) {
    var numbers = InferTensorContents.newBuilder().addInt64Contents(firstAge).addInt64Contents(AGES[1]).addInt64Contents(AGES[2]);
    var texts = InferTensorContents.newBuilder();
    SEXES.forEach(sex -> texts.addBytesContents(ByteString.copyFromUtf8(sex)));
    return ModelInferRequest.newBuilder()
        .setModelName(model)
        .setId("mine")
        .addInputs(tensor("age", "INT64").setContents(numbers))
        .addInputs(tensor("sex", "BYTES").setContents(texts))
        .build();
  }

  /** The same rows as bytes. */
  private static ModelInferRequest raw() {
    var numbers = ByteBuffer.allocate(8 * AGES.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long age : AGES) numbers.putLong(age);
    var texts = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    for (String sex : SEXES) texts.putInt(sex.length()).put(sex.getBytes());
    return ModelInferRequest.newBuilder()
        .setModelName("heart")
        .addInputs(tensor("age", "INT64"))
        .addInputs(tensor("sex", "BYTES"))
        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("probability"))
        .addRawInputContents(ByteString.copyFrom(numbers.flip()))
        .addRawInputContents(ByteString.copyFrom(texts.flip()))
        .build();
  }

  private static void check(boolean isSo, Object what) {
    if (!isSo) throw new IllegalStateException(String.valueOf(what));
  }

  public static void main(String[] arguments) throws InterruptedException {
    ManagedChannel channel = ManagedChannelBuilder.forTarget(arguments[0]).usePlaintext().enableRetry().build();
    var client = GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    check(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive(), "live");
    check(client.modelReady(ModelReadyRequest.newBuilder().setName("heart").build()).getReady(), "ready");
    var metadata = client.modelMetadata(ModelMetadataRequest.newBuilder().setName("heart").build());
    check(metadata.getInputsCount() == 13, metadata);

    var first = client.modelInfer(typed("heart", AGES[0]));
    List<Double> expected = first.getOutputs(0).getContents().getFp64ContentsList();
    check(first.getId().equals("mine") && expected.size() == AGES.length, first);
    for (var each : List.of(client, client.withCompression("gzip"))) {
      var bytes = each.modelInfer(raw()).getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      for (double want : expected) {
        double got = bytes.getDouble();
        check(got == want, got + " as bytes, " + want + " as contents");
      }
    }
    refused(Status.Code.INVALID_ARGUMENT, () -> client.modelInfer(typed("heart", 5000)));
    refused(Status.Code.NOT_FOUND, () -> client.modelInfer(typed("other", AGES[0])));
    channel.shutdown().awaitTermination(5, TimeUnit.SECONDS);
  }

  private static void refused(Status.Code code, Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException error) {
      check(error.getStatus().getCode() == code, error);
      System.out.println(code + " " + error.getStatus().getDescription());
      return;
    }
    throw new IllegalStateException("not refused with " + code);
  }
}
