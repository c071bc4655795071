package org.aitia.evidence;

import java.util.List;
import org.aitia.evidence.script.ScriptReader;

/** The readers, in the order in which they are asked; the more particular formats come first. */
final class Readers {
  static final List<Reader> ALL =
      List.of(
          new EventFileReader(),
          new SymptomReportReader(),
          new RunRecordReader(),
          new MlflowReader(),
          new MlflowDatabaseReader(),
          new WandbReader(),
          new MindSporeReader(),
          new KerasReader(),
          new TorchReader(),
          new SafetensorsReader(),
          new OnnxReader(),
          new Hdf5Reader(),
          new KerasJsonReader(),
          new ArrayReader(),
          new TrainerStateReader(),
          new TrainerResultsReader(),
          new HistoryReader(),
          new PickledHistoryReader(),
          new EnvironmentReader(),
          new ScriptReader(),
          new ConfigReader(),
          new MetricsCsvReader(),
          new TableReader(),
          new ConsoleReader());

  private Readers() {}
}
