@NullMarked
package io.twostep.catalog.web;

import org.jspecify.annotations.NullMarked;
