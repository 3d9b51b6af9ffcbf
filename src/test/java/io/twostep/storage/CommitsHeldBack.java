package io.twostep.storage;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/** A planted fault: H2's own delay of half a second before a commit is written. Only who imports it has it. */
public class CommitsHeldBack {

    @Bean
    static BeanPostProcessor holdingBack() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof EmbeddedDatabase database ? new HeldBack(database) : bean;
            }
        };
    }

    private record HeldBack(EmbeddedDatabase database) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return database.getJdbcUrl().replace("WRITE_DELAY=0", "WRITE_DELAY=500");
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
