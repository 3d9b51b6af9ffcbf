@NullMarked
package io.twostep.network;

import org.jspecify.annotations.NullMarked;
