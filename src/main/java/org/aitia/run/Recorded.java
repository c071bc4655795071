package org.aitia.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.limit.Failure;
import org.aitia.run.curve.Family;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.SavedArray;
import org.aitia.run.data.Table;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Layer;
import org.aitia.run.model.Model;
import org.aitia.run.model.Rank;
import org.aitia.run.model.Snapshot;
import org.aitia.run.model.Trouble;
import org.aitia.run.settings.Environment;
import org.aitia.run.value.Split;
import org.aitia.run.word.Lexicon;
import org.aitia.script.syntax.Script;

/** What the files of a run hold, which nobody can state otherwise. */
record Recorded(
    String source,
    Map<String, String> facts,
    Model model,
    Graph graph,
    List<Snapshot> weights,
    Map<Split, DataProfile> data,
    Map<Split, Table> tables,
    Map<String, Layer> layers,
    List<SavedArray> arrays,
    List<Trouble> troubles,
    List<Rank> ranks,
    RunEnd end,
    Environment environment,
    List<Script> scripts,
    List<FileNote> files,
    List<Failure> failures,
    List<Conflict> conflicts,
    Map<String, Family> families,
    Lexicon words,
    Measurements measured) {
  Recorded {
    facts = Map.copyOf(facts);
    weights = List.copyOf(weights);
    data = new TreeMap<>(data);
    tables = new TreeMap<>(tables);
    layers = new LinkedHashMap<>(layers);
    arrays = List.copyOf(arrays);
    troubles = List.copyOf(troubles);
    ranks = List.copyOf(ranks);
    scripts = List.copyOf(scripts);
    files = List.copyOf(files);
    failures = List.copyOf(failures);
    conflicts = List.copyOf(conflicts);
    families = Map.copyOf(families);
  }
}
