package org.aitia.evidence.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.tracker.message.TensorBoard.HParamsPluginData;

/** The settings that TensorBoard's hparams plugin keeps. */
final class HyperParameters {
  private HyperParameters() {}

  static ObjectNode of(ByteString content) throws InvalidProtocolBufferException {
    ObjectNode found = Json.MAPPER.createObjectNode();
    Messages.parse(HParamsPluginData.getDefaultInstance(), content.toByteArray(), content.size())
        .getSessionStartInfo()
        .getHparamsMap()
        .forEach((name, setting) -> found.set(name, node(setting)));
    return found;
  }

  private static JsonNode node(HParamsPluginData.Setting setting) {
    JsonNodeFactory nodes = Json.MAPPER.getNodeFactory();
    return switch (setting.getKindCase()) {
      case NUMBER_VALUE -> {
        double number = setting.getNumberValue();
        // the plugin knows no whole numbers
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        yield whole ? nodes.numberNode((long) number) : nodes.numberNode(number);
      }
      case STRING_VALUE -> nodes.textNode(setting.getStringValue());
      case BOOL_VALUE -> nodes.booleanNode(setting.getBoolValue());
      case KIND_NOT_SET -> nodes.nullNode();
    };
  }
}
