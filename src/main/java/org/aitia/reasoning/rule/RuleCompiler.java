package org.aitia.reasoning.rule;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.aitia.knowledge.KnowledgeException;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.Model;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/**
 * Compiles rule files into the engine's executable model: at build time, and for a user's own
 * folder at run time.
 */
public final class RuleCompiler {
  /** Name of the resource that lists the model classes of the built-in rules. */
  static final String INDEX = "rule-models";

  /** Where the compiler is told that the rule files lie. */
  public static final String PLACE = "org/aitia/rules/";

  private static final String MODEL_LIST = "drools-model";

  private RuleCompiler() {}

  /** The rule files of a folder, by path relative to it, in order. */
  public static Map<String, String> sources(Path folder) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(f -> f.toString().endsWith(".drl")).toList()) {
        found.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    }
    return found;
  }

  /**
   * Compiles rules and writes their classes and the index of their models.
   *
   * @throws KnowledgeException naming file and constraint of every error
   */
  static void compileTo(Map<String, String> sources, Path output) throws IOException {
    KieServices services = KieServices.get();
    ReleaseId id = services.newReleaseId("org.aitia", "rules", "1");
    byte[] jar = build(services, id, sources);
    List<String> models = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".class")) {
          Path file = output.resolve(entry.getName());
          Files.createDirectories(file.getParent());
          Files.write(file, zip.readAllBytes());
        } else if (entry.getName().endsWith("/" + MODEL_LIST)) {
          new String(zip.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(l -> !l.isBlank() && !l.contains(":"))
              .forEach(models::add);
        }
      }
    }
    Files.write(output.resolve(INDEX), models);
  }

  /** Compiles rules into models that can be joined with others. */
  static List<Model> models(Map<String, String> sources) {
    KieServices services = KieServices.get();
    ReleaseId id = services.newReleaseId("org.aitia", "own-rules", "1-" + System.nanoTime());
    try {
      return OwnClasses.models(build(services, id, sources), MODEL_LIST);
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("the compiled rules cannot be loaded", e);
    } finally {
      services.getRepository().removeKieModule(id);
    }
  }

  private static byte[] build(KieServices services, ReleaseId id, Map<String, String> sources) {
    KieFileSystem files = services.newKieFileSystem();
    files.generateAndWritePomXML(id);
    sources.forEach((path, text) -> files.write("src/main/resources/" + PLACE + path, text));
    KieBuilder builder = services.newKieBuilder(files, RuleCompiler.class.getClassLoader());
    builder.buildAll(ExecutableModelProject.class);
    List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
    if (!errors.isEmpty()) {
      throw new KnowledgeException(
          errors.stream()
              .map(m -> m.getPath() + ":" + m.getLine() + ": " + m.getText())
              .distinct()
              .toList());
    }
    return ((InternalKieModule) builder.getKieModule()).getBytes();
  }
}
