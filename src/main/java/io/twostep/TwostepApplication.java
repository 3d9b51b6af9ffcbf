package io.twostep;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The composition root. */
@SpringBootApplication
public class TwostepApplication {

    public static void main(String[] args) {
        SpringApplication.run(TwostepApplication.class, args);
    }
}
