@NullMarked
package io.twostep.dataset.web;

import org.jspecify.annotations.NullMarked;
