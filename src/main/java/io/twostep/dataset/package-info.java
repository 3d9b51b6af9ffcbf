@NullMarked
package io.twostep.dataset;

import org.jspecify.annotations.NullMarked;
