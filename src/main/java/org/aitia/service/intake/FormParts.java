package org.aitia.service.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.aitia.service.Problem;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadBase.FileUploadIOException;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.RequestContext;

/** The parts of a form: files, labels, and text that was pasted. */
final class FormParts {
  private static final int BUFFER = 1 << 16;
  private static final String LABEL = "label";

  /** Bytes of a label that are looked at; a longer one is refused for its length. */
  private static final int MAX_LABEL = 1_200;

  private static final String PASTED_NAME = "console.log";

  private FormParts() {}

  /**
   * Takes a form apart.
   *
   * @param pasted name of the field that holds a log; null for none
   */
  static void into(Unpacking files, InputStream body, String type, String pasted)
      throws IOException {
    FileUpload form = new FileUpload();
    form.setHeaderEncoding("UTF-8");
    try {
      FileItemIterator items = form.getItemIterator(new Form(type, body));
      while (items.hasNext()) {
        FileItemStream item = items.next();
        String name = item.getName();
        if (!item.isFormField() && name != null && !name.isEmpty()) {
          try (InputStream content = item.openStream()) {
            part(name, content, files);
          }
        } else if (item.isFormField() && LABEL.equals(item.getFieldName())) {
          try (InputStream content = item.openStream()) {
            byte[] label = content.readNBytes(MAX_LABEL);
            files.label(new String(label, StandardCharsets.UTF_8));
          }
        } else if (item.isFormField() && item.getFieldName().equals(pasted)) {
          try (InputStream content = new BufferedInputStream(item.openStream())) {
            paste(content, files);
          }
        }
      }
    } catch (InvalidFileNameException e) {
      throw Problem.of(400, "forbidden-name", "a file's name holds a null character");
    } catch (FileUploadException | FileUploadIOException | IllegalArgumentException e) {
      throw Problem.of(400, "malformed-body", "the form is not multipart/form-data");
    } catch (MultipartStream.MalformedStreamException e) {
      throw Problem.of(400, "malformed-body", "the form breaks off");
    }
  }

  /** A form as the parser wants it. */
  private record Form(String type, InputStream body) implements RequestContext {
    @Override
    public String getCharacterEncoding() {
      return "UTF-8";
    }

    @Override
    public String getContentType() {
      return type;
    }

    @Override
    @SuppressWarnings("deprecation") // an interface that still asks for it
    public int getContentLength() {
      return -1;
    }

    @Override
    public InputStream getInputStream() {
      return body;
    }
  }

  private static void part(String name, InputStream content, Unpacking files) throws IOException {
    BufferedInputStream in = new BufferedInputStream(content, BUFFER);
    in.mark(4);
    byte[] head = in.readNBytes(4);
    in.reset();
    boolean zip =
        head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    // An .npz is a zip too, and is a file of the run.
    if (zip && name.toLowerCase(java.util.Locale.ROOT).endsWith(".zip")) {
      Intake.unzip(in, files);
    } else {
      files.add(name, in);
    }
  }

  /** Text that was pasted, if any was. */
  private static void paste(InputStream text, Unpacking files) throws IOException {
    text.mark(1);
    if (text.read() >= 0) {
      text.reset();
      files.add(PASTED_NAME, text);
    }
  }
}
