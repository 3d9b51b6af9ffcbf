package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.TwostepApplication;
import io.twostep.job.TrainingJobs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class LeavingServiceTest {

    /** The server would wait a minute for an answer that is on its way. */
    @Test
    void endsTheAnswersOfFollowers(@TempDir Path folder) throws Exception {
        ConfigurableApplicationContext service = SpringApplication.run(
                TwostepApplication.class,
                "--server.port=0",
                "--twostep.data-dir=" + folder,
                "--twostep.samples=false",
                "--spring.lifecycle.timeout-per-shutdown-phase=1m");
        try {
            int port = Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
            StoredJob job = new StoredJob(service.getBean(TrainingJobs.class));
            try (EventClient client = EventClient.follow(port, job.id(), null)) {
                assertThat(client.next().id()).isEqualTo("t1.e0");

                new Thread(service::close).start();

                assertThat(client.rest()).isEmpty();
            }
        } finally {
            service.close();
        }
    }
}
