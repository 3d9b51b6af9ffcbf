package io.twostep.nn;

import io.twostep.matrix.Products;

/**
 * How many bytes of the heap things take, found by arithmetic before they are built; weights that a library keeps outside of
 * it are counted alike. The sums are made in double
 * precision, which no size overflows; a sum too large for a {@code long} becomes the largest one when it is cast.
 */
public final class HeapSize {

    private static final int ARRAY_HEADER = 16;
    private static final long MEGABYTE = 1 << 20;
    private static final int REGIONS = 2048;
    private static final int LARGEST_REGION = 32;

    /** What G1, the usual collector, gives to large arrays at a time. */
    private static final double REGION = region(Runtime.getRuntime().maxMemory());

    private HeapSize() {}

    /** An array of so many floats: one of half a region or more has whole regions for itself. */
    public static double ofFloats(double numbers) {
        double bytes = ARRAY_HEADER + numbers * Float.BYTES;
        return bytes < REGION / 2 ? bytes : Math.ceil(bytes / REGION) * REGION;
    }

    /** An array of so many doubles. */
    public static double ofDoubles(double numbers) {
        return ofFloats(2 * numbers);
    }

    /** The weights and biases of a network, and its running statistics. */
    public static double ofParameters(Network network) {
        return network.layers().stream().mapToDouble(HeapSize::ofParameters).sum();
    }

    /** The same of a network that only answers, its weights laid out for that. */
    public static double ofInference(Network network, Products products) {
        double more = 0;
        for (Layer layer : network.layers()) {
            if (layer.hasIncomingWeights()) {
                double numbers = products.frozenNumbers(layer.inputs(), layer.units());
                more += ofFloats(numbers) - ofFloats((double) layer.weightCount());
            }
        }
        return ofParameters(network) + more;
    }

    private static double ofParameters(Layer layer) {
        return ofFloats((double) layer.weightCount())
                + ofFloats((double) layer.biasRows() * layer.units())
                + (layer.hasStatistics() ? 2 * ofFloats(layer.units()) : 0);
    }

    private static double region(long heap) {
        long share = Math.max(2, heap / REGIONS);
        long size = 2 * Long.highestOneBit(share - 1); // rounded up
        return (double) Math.max(MEGABYTE, Math.min(LARGEST_REGION * MEGABYTE, size));
    }
}
