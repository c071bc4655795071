package org.aitia.service.guard;

import io.vertx.ext.web.RoutingContext;
import org.aitia.service.Problem;

/** Shows a problem to a person. */
public interface ProblemPage {
  String of(Problem problem, RoutingContext context);
}
