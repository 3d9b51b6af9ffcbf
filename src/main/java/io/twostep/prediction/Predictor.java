package io.twostep.prediction;

import io.twostep.matrix.Arithmetic;
import io.twostep.memory.MemoryBudget;
import io.twostep.memory.Reservation;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the model that a request means and keeps the ones in use loaded, the least recently used making room. */
public final class Predictor {

    private record Key(String name, int version) {}

    /** Models that may be loaded at the same time. */
    private static final int LOCKS = 16;

    private final ModelRegistry registry;
    private final MemoryBudget memory;
    private final Arithmetic arithmetic;
    private final Map<Key, LoadedModel> loaded;
    private final Object[] loading = locks();

    Predictor(ModelRegistry registry, Arithmetic arithmetic, int capacity, MemoryBudget memory) {
        this.registry = registry;
        this.memory = memory;
        this.arithmetic = arithmetic;
        this.loaded = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, LoadedModel> eldest) {
                boolean full = size() > capacity;
                if (full) {
                    eldest.getValue().retire();
                }
                return full;
            }
        });
        memory.whenShort(this::letGo);
    }

    /**
     * The model, loaded. A version never changes, so that one in memory is answered without asking the registry.
     *
     * @param version null for the latest, see {@link ModelRegistry#latestVersion}
     * @throws io.twostep.error.ServiceException not-found, model-damaged, and busy or request-too-large if there is no
     *     memory to load it into
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
        Reservation reserved = memory.reserve(LoadedModel.bytesToLoad(model.network(), arithmetic));
        try {
            LoadedModel fresh = load(model, reserved);
            reserved.shrink(LoadedModel.bytesToLoad(model.network(), arithmetic) - fresh.bytes());
            loaded.put(key, fresh);
            return fresh;
        } catch (RuntimeException | Error e) {
            reserved.close();
            throw e;
        }
    }

    /** The most bytes that a model takes which is {@link #alone}, if it is asked for one block of rows at a time. */
    public long bytesAlone(ModelVersion model) {
        return LoadedModel.bytesAlone(model.network(), arithmetic);
    }

    /**
     * A model for one piece of work, which has reserved {@link #bytesAlone} for it.
     *
     * @throws io.twostep.error.ServiceException model-damaged
     */
    public LoadedModel alone(ModelVersion model) {
        return load(model, Reservation.UNCOUNTED);
    }

    private LoadedModel load(ModelVersion model, Reservation reserved) {
        return new LoadedModel(
                model.name(),
                model.version(),
                model.schema(),
                model.network(),
                registry.weights(model).toParameters(model.network()),
                arithmetic,
                reserved);
    }

    /** Lets models go that nobody asks at present, the least recently used first, if so many bytes can be had so. */
    private void letGo(long missing) {
        List<LoadedModel> gone = new ArrayList<>();
        synchronized (loaded) {
            long freed = 0;
            for (LoadedModel model : loaded.values()) {
                if (freed < missing && model.isIdle()) {
                    gone.add(model);
                    freed += model.reserved();
                }
            }
            if (freed < missing) {
                return;
            }
            loaded.values().removeAll(gone);
        }
        gone.forEach(LoadedModel::retire);
    }
}
