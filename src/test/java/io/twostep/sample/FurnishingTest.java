package io.twostep.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.storage.DataFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FurnishingTest {

    @TempDir
    private Path root;

    /** Or the files of its datasets would pass for what a death on the first start left. */
    @Test
    @SuppressWarnings("NullAway") // neither is asked for anything
    void aFolderWithoutSamplesIsNotNewForEver() {
        DataFolder folder = new DataFolder(root);
        assertThat(folder.isNew()).isTrue();

        new Samples(folder, null, null, false).afterSingletonsInstantiated();

        assertThat(folder.isNew()).isFalse();
        assertThat(new DataFolder(root).isNew()).isFalse();
    }
}
