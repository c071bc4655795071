package org.aitia.service.api;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.aitia.report.Nearest;
import org.aitia.service.Problem;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that a call does not know: one that is misspelt would be ignored. */
public final class Unasked {
  private static final String OURS = Unasked.class.getPackageName();

  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  @ServerRequestFilter
  public void refuse(ResourceInfo called, UriInfo uri) {
    Class<?> type = called.getResourceClass();
    if (type == null || !type.getPackageName().startsWith(OURS)) {
      return;
    }
    Set<String> given = uri.getQueryParameters().keySet();
    if (given.isEmpty()) {
      return;
    }
    Method method = called.getResourceMethod();
    Set<String> names = known.computeIfAbsent(method.toString(), m -> names(type, method));
    for (String name : given) {
      if (!names.contains(name)) {
        String shown = name.length() > 60 ? name.substring(0, 60) + "..." : name;
        String takes = names.isEmpty() ? "none" : String.join(", ", names);
        throw Problem.of(
            400,
            "unknown-parameter",
            "there is no query parameter '"
                + shown
                + "' here"
                + Nearest.suggestion(name, names)
                + " (this call takes "
                + takes
                + ")",
            new Problem.Fault(shown, null, "is not known here"));
      }
    }
  }

  private static Set<String> names(Class<?> type, Method method) {
    Set<String> found = new TreeSet<>();
    for (var parameter : method.getParameters()) {
      if (parameter.isAnnotationPresent(QueryParam.class)) {
        found.add(parameter.getAnnotation(QueryParam.class).value());
      }
    }
    String verb =
        Arrays.stream(method.getAnnotations())
            .map(a -> a.annotationType().getAnnotation(jakarta.ws.rs.HttpMethod.class))
            .filter(m -> m != null)
            .map(jakarta.ws.rs.HttpMethod::value)
            .findFirst()
            .orElse("");
    for (Field field : type.getDeclaredFields()) {
      On on = field.getAnnotation(On.class);
      if (on != null && Arrays.asList(on.value()).contains(verb)) {
        found.add(field.getAnnotation(QueryParam.class).value());
      }
    }
    return found;
  }
}
