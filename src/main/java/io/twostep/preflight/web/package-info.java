@NullMarked
package io.twostep.preflight.web;

import org.jspecify.annotations.NullMarked;
