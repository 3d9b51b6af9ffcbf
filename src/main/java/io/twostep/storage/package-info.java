@NullMarked
package io.twostep.storage;

import org.jspecify.annotations.NullMarked;
