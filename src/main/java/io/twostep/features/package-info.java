@NullMarked
package io.twostep.features;

import org.jspecify.annotations.NullMarked;
