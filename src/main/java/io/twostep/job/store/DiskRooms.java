package io.twostep.job.store;

import io.twostep.job.ExampleRoom;
import io.twostep.job.ExampleRooms;
import io.twostep.storage.DataFolder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Rooms on the heap for small tables and on the disk for large ones; what a crash leaves there goes at start-up. */
@Component
final class DiskRooms implements ExampleRooms {

    private final DataFolder dataFolder;
    private final Set<DiskRoom> open = ConcurrentHashMap.newKeySet();

    DiskRooms(DataFolder dataFolder) {
        this.dataFolder = dataFolder;
    }

    @Override
    public ExampleRoom open(long heap) {
        DiskRoom room = new DiskRoom(dataFolder, heap, this);
        open.add(room);
        return room;
    }

    /** Bytes that open rooms have been promised and not written yet. */
    long promised() {
        return open.stream().mapToLong(DiskRoom::unwritten).sum();
    }

    void closed(DiskRoom room) {
        open.remove(room);
    }
}
