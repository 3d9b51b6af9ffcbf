package io.twostep.prediction;

import io.twostep.matrix.Arithmetic;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the model that a request means and keeps the ones in use loaded, the least recently used making room. */
public final class Predictor {

    private record Key(String name, int version) {}

    /** Models that may be loaded at the same time. */
    private static final int LOCKS = 16;

    private final ModelRegistry registry;
    private final Arithmetic arithmetic;
    private final Map<Key, LoadedModel> loaded;
    private final Object[] loading = locks();

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
        if (present != null) {
            return present;
        }
        synchronized (loading[Math.floorMod(key.hashCode(), loading.length)]) { // one loads, others wait for it
            LoadedModel meanwhile = loaded.get(key);
            return meanwhile == null ? load(key) : meanwhile;
        }
    }

    /** How many models are in memory. */
    public int loadedModels() {
        return loaded.size();
    }

    private static Object[] locks() {
        return Stream.generate(Object::new).limit(LOCKS).toArray();
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
