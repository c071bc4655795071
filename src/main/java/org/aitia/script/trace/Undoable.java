package org.aitia.script.trace;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A map that can go back to where one way of a branch began. That takes as long as there are
 * changes, and not as long as the map is: a script has as many branches as it has names.
 */
public final class Undoable<K, V> {
  private final Map<K, V> now = new LinkedHashMap<>();

  /**
   * What the way that is gone has changed, as it was before; null for what was not there. Null
   * outside of branches.
   */
  private Map<K, V> before;

  public V get(K key) {
    return now.get(key);
  }

  public V getOrDefault(K key, V otherwise) {
    return now.getOrDefault(key, otherwise);
  }

  public Collection<V> values() {
    return now.values();
  }

  public int size() {
    return now.size();
  }

  public void forEach(BiConsumer<K, V> each) {
    now.forEach(each);
  }

  public void put(K key, V value) {
    if (before != null && !before.containsKey(key)) {
      before.put(key, now.get(key));
    }
    set(key, value);
  }

  private void set(K key, V value) {
    if (value == null) {
      now.remove(key);
    } else {
      now.put(key, value);
    }
  }

  /**
   * Begins a way.
   *
   * @return the mark to end it with
   */
  public Map<K, V> begin() {
    Map<K, V> outer = before;
    before = new LinkedHashMap<>();
    return outer;
  }

  /**
   * Goes back to where a way began.
   *
   * @return what it has changed, as it left it
   */
  public Map<K, V> undo(Map<K, V> mark) {
    Map<K, V> left = new LinkedHashMap<>();
    before.forEach(
        (key, was) -> {
          left.put(key, now.get(key));
          set(key, was);
        });
    before = mark;
    return left;
  }

  /**
   * Ends a way and keeps what it has changed.
   *
   * @return that, as it was before; null for what was not there
   */
  public Map<K, V> keep(Map<K, V> mark) {
    Map<K, V> was = before;
    before = mark;
    if (mark != null) {
      was.forEach(
          (key, value) -> {
            if (!mark.containsKey(key)) {
              mark.put(key, value);
            }
          });
    }
    return was;
  }
}
