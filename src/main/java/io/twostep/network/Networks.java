package io.twostep.network;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Names;
import io.twostep.error.ServiceException;
import io.twostep.nn.NetworkSpec;
import io.twostep.storage.Ids;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Named network specs: kept, found and bounded. */
public class Networks {

    private final NetworkCatalog catalog;
    private final long maxParameters;
    private final TransactionOperations transactions;
    private final Clock clock;

    public Networks(NetworkCatalog catalog, long maxParameters, TransactionOperations transactions, Clock clock) {
        this.catalog = catalog;
        this.transactions = transactions;
        this.maxParameters = maxParameters;
        this.clock = clock;
    }

    /** What {@link #create} did: the network of that name, and whether it is new. */
    public record Created(NetworkDefinition network, boolean isNew) {}

    /**
     * Keeps a spec under a name. The same spec under the same name again changes nothing.
     *
     * @throws ServiceException {@code NAME_TAKEN} if the name stands for another spec, {@code INVALID_NAME},
     *     {@code NETWORK_TOO_LARGE}
     */
    public Created create(String name, NetworkSpec spec) {
        return create(name, spec, created -> {});
    }

    /** The same; {@code accepted} is told of it in the transaction that keeps the network, or when it was there. */
    public Created create(String name, NetworkSpec spec, Consumer<Created> accepted) {
        Names.checked(name);
        checkSize(NetworkShape.of(spec));
        NetworkDefinition network = new NetworkDefinition(
                Ids.next("net"), name, spec, clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (insert(network, accepted)) {
            return new Created(network, true);
        }
        Created present = new Created(existing(name, spec), false);
        accepted.accept(present);
        return present;
    }

    private boolean insert(NetworkDefinition network, Consumer<Created> accepted) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            if (!catalog.insert(network)) {
                status.setRollbackOnly(); // PostgreSQL takes no more in this transaction
                return false;
            }
            accepted.accept(new Created(network, true));
            return true;
        }));
    }

    private NetworkDefinition existing(String name, NetworkSpec spec) {
        return catalog.byName(name)
                .filter(network -> network.spec().equals(spec))
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.NAME_TAKEN, "Another network has the name " + Excerpt.quoted(name) + "."));
    }

    /** The network with that id or, if there is none, with that name; throws {@code NOT_FOUND}. */
    public NetworkDefinition find(String idOrName) {
        return catalog.byId(idOrName)
                .or(() -> catalog.byName(idOrName))
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.NOT_FOUND, "There is no network " + Excerpt.quoted(idOrName) + "."));
    }

    /** At most {@code limit} networks, the oldest first, those after the one with id {@code after}. */
    public List<NetworkDefinition> page(@Nullable String after, int limit) {
        return catalog.page(after, limit);
    }

    /** Forgets the network; throws {@code NOT_FOUND}. */
    public void delete(String idOrName) {
        catalog.delete(find(idOrName).id());
    }

    /**
     * Refuses what would need more weights than allowed, as far as the shape is known.
     *
     * @throws ServiceException {@code NETWORK_TOO_LARGE}
     */
    public void checkSize(NetworkShape shape) {
        if (shape.knownParameters() > maxParameters) {
            throw new ServiceException(
                    ErrorCode.NETWORK_TOO_LARGE,
                    "The network has " + shape.knownParameters() + " weights and biases, more than the " + maxParameters
                            + " that are allowed.");
        }
    }
}
