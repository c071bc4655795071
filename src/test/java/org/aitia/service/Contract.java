package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;

/** The OpenAPI document, held against what the service sends. */
public final class Contract {
  public static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;

  public Contract() throws IOException {
    try (InputStream in = Contract.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      document = new YAMLMapper().readTree(in);
    }
  }

  JsonNode document() {
    return document;
  }

  /** The answer is documented for the path and method, and its body is of the schema. */
  public void holds(String path, HttpResponse<String> answer) throws IOException {
    String method = answer.request().method().toLowerCase(java.util.Locale.ROOT);
    JsonNode response =
        resolve(
            document
                .path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(String.valueOf(answer.statusCode())));
    assertThat(response.isMissingNode())
        .as("%s %s -> %d is documented: %s", method, path, answer.statusCode(), answer.body())
        .isFalse();
    assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    if (answer.body().isEmpty()) {
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    JsonNode schema = response.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s of %s is documented", type, path).isFalse();
    if (type.endsWith("json")) {
      assertThat(schema(schema).validate(JSON.readTree(answer.body()))).as(answer.body()).isEmpty();
    }
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** A schema of the document with all that it refers to. */
  JsonSchema schema(JsonNode schema) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("allOf").add(schema);
    root.set("components", document.path("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
  }
}
