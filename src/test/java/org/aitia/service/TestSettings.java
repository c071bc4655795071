package org.aitia.service;

import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings with the defaults that the service has, without the service. */
public final class TestSettings {
  private TestSettings() {}

  /** With some of them set otherwise: names of methods, each with its value. */
  public static Settings of(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return of(Settings.class, values);
  }

  private static <T> T of(Class<T> settings, Map<String, String> values) {
    return settings.cast(
        Proxy.newProxyInstance(
            settings.getClassLoader(),
            new Class<?>[] {settings},
            (proxy, method, arguments) -> value(method, values)));
  }

  private static Object value(Method method, Map<String, String> values) {
    Class<?> type = method.getReturnType();
    if (type.getDeclaringClass() == Settings.class) {
      return of(type, values);
    }
    String text =
        values.getOrDefault(method.getName(), method.getAnnotation(WithDefault.class).value());
    if (type == Duration.class) {
      return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
    }
    if (type == boolean.class) {
      return Boolean.valueOf(text);
    }
    return type == int.class
        ? (Object) Integer.valueOf(text)
        : type == long.class ? (Object) Long.valueOf(text) : text;
  }
}
