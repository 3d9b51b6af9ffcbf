package io.twostep.storage;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/** Planted faults: a storage that forces nothing to the disk. Not annotated, so that only who imports it has it. */
public class ForgetfulStorage {

    @Bean
    static BeanPostProcessor forgetful() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof DataFolder folder) {
                    return new DataFolder(folder.root(), new Forgetful(), false, 0);
                }
                return bean instanceof EmbeddedDatabase database ? new Unforced(database) : bean;
            }
        };
    }

    private static final class Forgetful extends Force {

        Forgetful() {
            super(() -> {});
        }

        @Override
        void file(Path file) {}

        @Override
        void folder(Path folder) {}

        @Override
        void bytes(FileChannel file) {}
    }

    private record Unforced(EmbeddedDatabase database) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return database.unforcedUrl();
        }

        @Override
        public String getUsername() {
            return database.getUsername();
        }

        @Override
        public String getPassword() {
            return database.getPassword();
        }
    }
}
