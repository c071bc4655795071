package org.aitia.reasoning.rule;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.drools.model.Model;

/**
 * Loads rules compiled at run time. Their classes come before the program's of the same name: the
 * compiler names classes after the package, which both may use.
 */
final class OwnClasses extends ClassLoader {
  private final Map<String, byte[]> classes;

  private OwnClasses(Map<String, byte[]> classes) {
    super(OwnClasses.class.getClassLoader());
    this.classes = classes;
  }

  /** The models in a compiled module. */
  static List<Model> models(byte[] jar, String list)
      throws IOException, ReflectiveOperationException {
    Map<String, byte[]> classes = new HashMap<>();
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(".class")) {
          classes.put(name.substring(0, name.length() - 6).replace('/', '.'), zip.readAllBytes());
        } else if (name.endsWith("/" + list)) {
          new String(zip.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(l -> !l.isBlank() && !l.contains(":"))
              .forEach(names::add);
        }
      }
    }
    OwnClasses loader = new OwnClasses(classes);
    List<Model> models = new ArrayList<>();
    for (String name : names) {
      models.add((Model) loader.loadClass(name).getDeclaredConstructor().newInstance());
    }
    return models;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      byte[] own = classes.get(name);
      if (found == null && own != null) {
        found = defineClass(name, own, 0, own.length);
      }
      if (found == null) {
        return super.loadClass(name, resolve);
      }
      if (resolve) {
        resolveClass(found);
      }
      return found;
    }
  }
}
