package io.twostep.prediction;

import io.twostep.matrix.Arithmetic;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the model that a request means and keeps the ones in use loaded, the least recently used making room. */
public final class Predictor {

    private record Key(String name, int version) {}

    private final ModelRegistry registry;
    private final Arithmetic arithmetic;
    private final Map<Key, LoadedModel> loaded;

    Predictor(ModelRegistry registry, Arithmetic arithmetic, int capacity) {
        this.registry = registry;
        this.arithmetic = arithmetic;
        this.loaded = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, LoadedModel> eldest) {
                return size() > capacity;
            }
        });
    }

    /**
     * The model, loaded. A version never changes, so that one in memory is answered without asking the registry.
     *
     * @param version null for the latest, see {@link ModelRegistry#latestVersion}
     * @throws io.twostep.error.ServiceException not-found, model-damaged
     */
    public LoadedModel model(String name, @Nullable Integer version) {
        Key key = new Key(name, version == null ? registry.latestVersion(name) : version);
        LoadedModel present = loaded.get(key);
        return present == null ? load(key) : present;
    }

    /** How many models are in memory. */
    public int loadedModels() {
        return loaded.size();
    }

    private LoadedModel load(Key key) {
        ModelVersion model = registry.find(key.name(), key.version());
        LoadedModel fresh = new LoadedModel(
                key.name(),
                key.version(),
                model.schema(),
                model.network(),
                registry.weights(model).toParameters(),
                arithmetic);
        loaded.put(key, fresh);
        return fresh;
    }
}
