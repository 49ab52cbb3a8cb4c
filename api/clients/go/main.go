// A client generated from the proto, against a server that serves heart. Usage: go run . HOST:PORT
package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"log"
	"math"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/status"

	pb "client/inference"
)

const model = "heart"

var ages = []int64{50, 60, 70}
var sexes = []string{"male", "female", "male"}

func tensor(name, datatype string, contents *pb.InferTensorContents) *pb.ModelInferRequest_InferInputTensor {
	return &pb.ModelInferRequest_InferInputTensor{Name: name, Datatype: datatype, Shape: []int64{int64(len(ages))}, Contents: contents}
}

// The same rows as typed contents.
func typed() *pb.ModelInferRequest {
	texts := make([][]byte, len(sexes))
	for i, sex := range sexes {
		texts[i] = []byte(sex)
	}
	return &pb.ModelInferRequest{ModelName: model, Id: "mine", Inputs: []*pb.ModelInferRequest_InferInputTensor{
		tensor("age", "INT64", &pb.InferTensorContents{Int64Contents: ages}),
		tensor("sex", "BYTES", &pb.InferTensorContents{BytesContents: texts}),
	}}
}

// The same rows as bytes.
func raw() *pb.ModelInferRequest {
	var numbers, texts []byte
	for i, age := range ages {
		numbers = binary.LittleEndian.AppendUint64(numbers, uint64(age))
		texts = binary.LittleEndian.AppendUint32(texts, uint32(len(sexes[i])))
		texts = append(texts, sexes[i]...)
	}
	return &pb.ModelInferRequest{
		ModelName:        model,
		Inputs:           []*pb.ModelInferRequest_InferInputTensor{tensor("age", "INT64", nil), tensor("sex", "BYTES", nil)},
		Outputs:          []*pb.ModelInferRequest_InferRequestedOutputTensor{{Name: "probability"}},
		RawInputContents: [][]byte{numbers, texts},
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	// the policy of docs/v2.md, for a server that dies
	retries := `{"methodConfig": [{"name": [{"service": "inference.GRPCInferenceService"}], "waitForReady": true, "retryPolicy":
		{"maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}`
	connection, err := grpc.NewClient(os.Args[1],
		grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDefaultServiceConfig(retries))
	check(err)
	defer connection.Close()
	client := pb.NewGRPCInferenceServiceClient(connection)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()

	live, err := client.ServerLive(ctx, &pb.ServerLiveRequest{})
	check(err)
	ready, err := client.ModelReady(ctx, &pb.ModelReadyRequest{Name: model})
	check(err)
	metadata, err := client.ModelMetadata(ctx, &pb.ModelMetadataRequest{Name: model})
	check(err)
	if !live.Live || !ready.Ready || len(metadata.Inputs) != 13 {
		log.Fatal(live, ready, metadata)
	}

	first, err := client.ModelInfer(ctx, typed())
	check(err)
	expected := first.Outputs[0].Contents.Fp64Contents
	if first.Id != "mine" || len(expected) != len(ages) {
		log.Fatal(first)
	}
	for _, options := range [][]grpc.CallOption{{}, {grpc.UseCompressor(gzip.Name)}} {
		answer, err := client.ModelInfer(ctx, raw(), options...)
		check(err)
		for i, want := range expected {
			got := math.Float64frombits(binary.LittleEndian.Uint64(answer.RawOutputContents[0][8*i:]))
			if got != want {
				log.Fatalf("row %d: %v as bytes, %v as contents", i, got, want)
			}
		}
	}

	wrong := typed()
	wrong.Inputs[0].Contents.Int64Contents = []int64{5000, 60, 70}
	other := typed()
	other.ModelName = "other"
	for _, refused := range []struct {
		request *pb.ModelInferRequest
		code    codes.Code
	}{{wrong, codes.InvalidArgument}, {other, codes.NotFound}} {
		_, err := client.ModelInfer(ctx, refused.request)
		if status.Code(err) != refused.code {
			log.Fatal(err)
		}
		fmt.Println(status.Convert(err).Code(), status.Convert(err).Message())
	}
}
