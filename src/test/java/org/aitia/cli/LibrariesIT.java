package org.aitia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The packaged one-shot commands have what they need beside them, and nothing of the service. */
final class LibrariesIT {
  private static final List<String> SERVICE =
      List.of(
          "io.quarkus",
          "io.smallrye",
          "org.flywaydb",
          "commons-fileupload",
          "com.github.ben-manes",
          "org.jdbi",
          "org.commonmark",
          "org.webjars");

  @Test
  void everyLibraryIsOnTheClassPath() throws IOException, XPathExpressionException {
    XPath path = XPathFactory.newInstance().newXPath();
    // Of the project alone: plugins and profiles have dependencies of their own.
    NodeList dependencies =
        (NodeList)
            path.evaluate(
                "/*[local-name()='project']/*[local-name()='dependencies']/*",
                new InputSource(Path.of("pom.xml").toUri().toString()),
                XPathConstants.NODESET);
    assertThat(dependencies.getLength()).isGreaterThan(20);
    List<String> missing = new ArrayList<>();
    List<String> files;
    try (Stream<Path> list = Files.list(Path.of("target", "lib"))) {
      files = list.map(f -> f.getFileName().toString()).toList();
    }
    for (int i = 0; i < dependencies.getLength(); i++) {
      Node dependency = dependencies.item(i);
      String group = path.evaluate("*[local-name()='groupId']", dependency);
      String artifact = path.evaluate("*[local-name()='artifactId']", dependency);
      boolean ours =
          !path.evaluate("*[local-name()='scope']", dependency).equals("test")
              && SERVICE.stream().noneMatch(group::startsWith);
      if (ours && files.stream().noneMatch(f -> f.startsWith(artifact + "-"))) {
        missing.add(group + ":" + artifact);
      }
    }
    assertThat(missing).as("groups to add to command.groups in pom.xml").isEmpty();
    assertThat(files).noneMatch(f -> f.contains("quarkus") || f.contains("vertx"));
    try (JarFile jar = new JarFile("target/aitia.jar")) {
      String[] entries = jar.getManifest().getMainAttributes().getValue("Class-Path").split(" ");
      assertThat(entries).hasSize(files.size());
    }
  }
}
