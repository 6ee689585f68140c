package dev.scriptorium.plugin.pdf;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;

/** The pages of a page tree of any depth, in order. A node that is met again is passed over. */
final class DeepPageTree implements Iterator<PDPage> {
  private final Deque<COSDictionary> waiting = new ArrayDeque<>();
  private final Set<COSDictionary> nodes = Collections.newSetFromMap(new IdentityHashMap<>());

  DeepPageTree(@Nullable COSDictionary root) {
    if (root != null) {
      waiting.push(root);
    }
  }

  @Override
  public boolean hasNext() {
    while (!waiting.isEmpty()) {
      COSArray kids = waiting.getFirst().getCOSArray(COSName.KIDS);
      if (kids == null) {
        return true;
      }
      COSDictionary node = waiting.pop();
      if (nodes.add(node)) {
        for (COSBase kid : kids.toList().reversed()) {
          COSBase target = kid instanceof COSObject object ? object.getObject() : kid;
          if (target instanceof COSDictionary child) {
            waiting.push(child);
          }
        }
      }
    }
    return false;
  }

  @Override
  public PDPage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return new PDPage(waiting.pop());
  }
}
