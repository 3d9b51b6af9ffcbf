@NullMarked
package io.twostep.scoring.web;

import org.jspecify.annotations.NullMarked;
