// Java's HttpClient. Usage: java Client.java URL BODIES LIMIT
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

class Client {
  public static void main(String[] args) throws Exception {
    int bodies = Integer.parseInt(args[1]);
    double limit = Double.parseDouble(args[2]);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int i = 0; i < bodies; i++) {
      byte[] body = new byte[(int) (limit * (1.1 + 2.9 * i / bodies))];
      Arrays.fill(body, (byte) ' ');
      var publisher =
          i % 2 == 0
              ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
              : BodyPublishers.ofByteArray(body);
      var request =
          HttpRequest.newBuilder(URI.create(args[0]))
              .header("content-type", "application/json")
              .POST(publisher)
              .build();
      try {
        var response = client.send(request, BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
      } catch (java.io.IOException error) {
        System.out.println(error);
      }
    }
  }
}
