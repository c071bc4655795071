package org.aitia.service.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.aitia.agent.Endpoint;
import org.aitia.agent.Reach;
import org.aitia.service.work.Live;

/** The tools for agents: over what they send, never over files of this machine. */
@ApplicationScoped
class AgentDesk {
  @Inject Live live;

  private Endpoint endpoint;

  /** Made when it is first asked for. */
  synchronized Endpoint endpoint() {
    if (endpoint == null) {
      endpoint = new Endpoint(live::diagnoser, Reach.NOTHING);
    }
    return endpoint;
  }
}
