@NullMarked
package io.twostep.scoring;

import org.jspecify.annotations.NullMarked;
