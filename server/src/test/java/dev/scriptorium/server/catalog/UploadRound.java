package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.v1.GetDuplicatesRequest;
import dev.scriptorium.v1.ListDuplicatesRequest;
import dev.scriptorium.v1.ListUploadsRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Every call about uploads, replaced files and editions once, for a book that was just read. */
record UploadRound(Library library, UUID owner, int number) {
  /**
   * @param name of a book that is being analyzed anew and whose file was {@code text NUMBER}
   */
  void run(String name) throws Exception {
    duplicates(name);
    replace(name);
  }

  private void duplicates(String name) {
    var _ =
        library
            .duplicates(owner)
            .getDuplicates(GetDuplicatesRequest.newBuilder().setName(name).build());
    var list = ListDuplicatesRequest.newBuilder().setPageSize(7);
    for (int page = 0; page < 2; page++) {
      list.setPageToken(library.duplicates(owner).listDuplicates(list.build()).getNextPageToken());
    }
  }

  private void replace(String name) throws Exception {
    List<Job> again = library.jobs.committed;
    library.apply(again.get(again.size() - 2), SampleResults.analyzed());
    library.apply(again.getLast(), SampleResults.summarized());
    step(name);
    UploadRig rig = UploadRig.of(library, owner);
    byte[] file = ("another text " + number).getBytes(StandardCharsets.UTF_8);
    String known =
        rig.calls()
            .startUpload(UploadRig.header(file).setRequestId(UUID.randomUUID().toString()).build())
            .getName();
    rig.chunk(known, 0, file);
    var asked = rig.replace(name, known);
    library.apply(library.jobs.committed.getLast(), SampleResults.parsed());
    var _ = rig.replacement(asked.getName());
    var _ = rig.calls().listUploads(ListUploadsRequest.getDefaultInstance());
    rig.cancel(known);
    String former = rig.start(("text " + number).getBytes(StandardCharsets.UTF_8)).getName();
    rig.chunk(former, 0, ("text " + number).getBytes(StandardCharsets.UTF_8));
    assertThat(rig.finish(former).getBook().getName()).isEqualTo(name);
  }

  private void step(String name) {
    library
        .reading(owner)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(name + "/progress")
                .setDevice("device")
                .setOffset(1)
                .build());
  }
}
