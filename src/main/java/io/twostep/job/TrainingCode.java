package io.twostep.job;

import io.twostep.features.FeatureEncoder;
import io.twostep.matrix.Arithmetic;
import io.twostep.nn.Network;
import io.twostep.storage.Sha256;
import io.twostep.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The compiled code that makes a model from a table: what tells a build that trains otherwise, whatever its version. */
final class TrainingCode {

    /** One class of each package that has a part in it. */
    private static final List<Class<?>> PARTS =
            List.of(Arithmetic.class, Network.class, FeatureEncoder.class, Trainer.class);

    private TrainingCode() {}

    /** In hexadecimal; some hundred classes are read for it. */
    static String sha256() {
        PathMatchingResourcePatternResolver resolver =
                new PathMatchingResourcePatternResolver(TrainingCode.class.getClassLoader());
        MessageDigest digest = Sha256.digest();
        try {
            for (Class<?> part : PARTS) {
                String folder = part.getPackageName().replace('.', '/');
                Resource[] classes = resolver.getResources("classpath:" + folder + "/*.class");
                Arrays.sort(classes, Comparator.comparing(Resource::getFilename));
                for (Resource resource : classes) {
                    digest.update(resource.getContentAsByteArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sha256.hex(digest);
    }
}
