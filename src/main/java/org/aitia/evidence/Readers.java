package org.aitia.evidence;

import java.util.List;
import org.aitia.evidence.array.ArrayReader;
import org.aitia.evidence.console.ConsoleReader;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.keras.Hdf5Reader;
import org.aitia.evidence.keras.KerasJsonReader;
import org.aitia.evidence.keras.KerasReader;
import org.aitia.evidence.metrics.HistoryReader;
import org.aitia.evidence.metrics.MetricsCsvReader;
import org.aitia.evidence.metrics.PickledHistoryReader;
import org.aitia.evidence.metrics.RecordsReader;
import org.aitia.evidence.metrics.TrainerResultsReader;
import org.aitia.evidence.metrics.TrainerStateReader;
import org.aitia.evidence.model.OnnxReader;
import org.aitia.evidence.model.SafetensorsReader;
import org.aitia.evidence.model.TorchReader;
import org.aitia.evidence.record.ObservationsReader;
import org.aitia.evidence.record.RunRecordReader;
import org.aitia.evidence.record.SymptomReportReader;
import org.aitia.evidence.settings.ConfigReader;
import org.aitia.evidence.settings.EnvironmentReader;
import org.aitia.evidence.table.TableReader;
import org.aitia.evidence.tracker.EventFileReader;
import org.aitia.evidence.tracker.MindSporeReader;
import org.aitia.evidence.tracker.MlflowDatabaseReader;
import org.aitia.evidence.tracker.MlflowReader;
import org.aitia.evidence.tracker.WandbReader;
import org.aitia.script.parse.ScriptReader;

/** The readers, in the order in which they are asked; the more particular formats come first. */
public final class Readers {
  public static final List<Reader> ALL =
      List.of(
          new EventFileReader(),
          new SymptomReportReader(),
          new RunRecordReader(),
          new ObservationsReader(),
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
          new RecordsReader(),
          new PickledHistoryReader(),
          new EnvironmentReader(),
          new ScriptReader(),
          new NotebookReader(),
          new ConfigReader(),
          new MetricsCsvReader(),
          new TableReader(),
          new ConsoleReader());

  private Readers() {}
}
