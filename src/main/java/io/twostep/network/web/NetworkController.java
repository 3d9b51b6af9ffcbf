package io.twostep.network.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.idempotency.Once;
import io.twostep.network.NetworkDefinition;
import io.twostep.network.NetworkShape;
import io.twostep.network.Networks;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/networks", produces = MediaType.APPLICATION_JSON_VALUE)
class NetworkController {

    private static final int WIDEST = 10_000_000;

    private final Networks networks;

    NetworkController(Networks networks) {
        this.networks = networks;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<NetworkAnswer> create(@RequestBody NetworkRequest request, Once once) {
        Networks.Created created = once.make(
                made -> networks.create(
                        request.name(),
                        request.spec(),
                        done -> made.as(done.network().id(), done.isNew())),
                past -> new Networks.Created(networks.find(past.id()), past.isNew()));
        NetworkDefinition network = created.network();
        return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .location(URI.create("/api/v1/networks/" + network.id()))
                .body(NetworkAnswer.of(network));
    }

    @GetMapping
    Page<NetworkAnswer> list(PageRequest page) {
        return Page.of(networks.page(page.after(), page.limitAndOne()), page, NetworkDefinition::id, NetworkAnswer::of);
    }

    /** With {@code inputs} and {@code outputs} the answer tells the shapes that they would give. */
    @GetMapping("/{network}")
    NetworkAnswer show(
            @PathVariable String network,
            @RequestParam @Nullable Integer inputs,
            @RequestParam @Nullable Integer outputs) {
        checkWidths(inputs, outputs);
        NetworkDefinition found = networks.find(network);
        return NetworkAnswer.of(found, NetworkShape.of(found.spec(), inputs, outputs));
    }

    @DeleteMapping("/{network}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String network) {
        networks.delete(network);
    }

    private static void checkWidths(@Nullable Integer inputs, @Nullable Integer outputs) {
        List<Problem> problems = new ArrayList<>();
        checkWidth("inputs", inputs, problems);
        checkWidth("outputs", outputs, problems);
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_PARAMETER, problems);
        }
    }

    private static void checkWidth(String name, @Nullable Integer width, List<Problem> problems) {
        if (width != null && (width < 1 || width > WIDEST)) {
            problems.add(new Problem(name, "must be an integer from 1 to " + WIDEST + " but was " + width));
        }
    }
}
