package org.aitia.growth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Scripts that nobody would write, of any size, by what is wrong with them. */
final class HostileScripts {
  private static final String HEAD =
      """
      import torch
      from torch import nn
      from torch.utils.data import DataLoader
      """;

  /** Names that a training script would have. */
  private static final String MODEL =
      HEAD
          + """
          model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Dropout(0.5), nn.Linear(4, 2))
          opt = torch.optim.Adam(model.parameters(), lr=0.001)
          loader = DataLoader(data, batch_size=8, shuffle=True)
          """;

  private static final String LOOP =
      """
      for epoch in range(3):
          for x, y in loader:
      """;

  private HostileScripts() {}

  /** The scripts, each for a size that says how often it repeats something. */
  static Map<String, IntFunction<String>> all() {
    Map<String, IntFunction<String>> all = new LinkedHashMap<>();
    lines(all);
    nested(all);
    broken(all);
    values(all);
    modules(all);
    loops(all);
    return all;
  }

  private static String times(String text, int count) {
    return text.repeat(count);
  }

  /** Lines in which a number counts up. */
  private static String each(String line, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(line.replace("%", String.valueOf(i)));
    }
    return lines.toString();
  }

  private static void lines(Map<String, IntFunction<String>> all) {
    all.put("blank lines", n -> HEAD + "x = 1" + times("\n", 10 * n));
    all.put("lines of blanks", n -> HEAD + times("    \n", 10 * n) + "x = 1\n");
    all.put("blanks", n -> HEAD + "x = 1" + times(" ", 10 * n) + "\n");
    all.put("comments", n -> HEAD + times("# x\n", 4 * n) + "x = 1\n");
    all.put(
        "comments that are indented", n -> HEAD + "if a:\n" + times("  # x\n", 4 * n) + "  b\n");
    all.put("a long comment", n -> HEAD + "x = 1 # " + times("c", 20 * n) + "\n");
    all.put("a long text", n -> HEAD + "x = '''" + times("a\n", 10 * n) + "'''\n");
    all.put("joined lines", n -> HEAD + "x = 1" + times("\\\n", n) + "\n");
    all.put("statements", n -> HEAD + times("x = 1\n", n));
    all.put("names", n -> HEAD + each("x% = x\n", n));
    all.put("imports", n -> HEAD + each("from torch import n%\n", n));
    all.put("decorators", n -> HEAD + times("@a\n", n) + "def f(): pass\n");
    all.put("definitions", n -> HEAD + each("def f%(): pass\n", n));
    all.put("elif", n -> HEAD + "if a: b\n" + times("elif a: b\n", n));
    all.put("a long list", n -> HEAD + "x = [" + times("1, ", 2 * n) + "]\nf(x)\n");
    all.put("a long dictionary", n -> HEAD + "x = {" + each("'%': 1, ", n) + "}\nx['0']\n");
    all.put("texts in a row", n -> HEAD + "x = " + times("'a' ", 2 * n) + "\n");
    all.put("a formatted text", n -> HEAD + "x = f'" + times("{x} ", 2 * n) + "'\n");
  }

  private static void nested(Map<String, IntFunction<String>> all) {
    for (String bracket : new String[] {"()", "[]", "{}"}) {
      all.put(
          "nested " + bracket,
          n -> HEAD + "x = " + times(bracket.substring(0, 1), n) + times(bracket.substring(1), n));
    }
    all.put("nested dictionaries", n -> HEAD + times("{'a':", n) + "1" + times("}", n) + "\n");
    all.put("nested calls", n -> HEAD + times("f(", n) + times(")", n) + "\n");
    all.put("nested texts", n -> HEAD + "x = " + times("f'{", n) + "1" + times("}'", n) + "\n");
    all.put("nested comprehensions", n -> HEAD + times("[a for a in ", n) + "b" + times("]", n));
    all.put("clauses of a comprehension", n -> HEAD + "[a " + times("for a in a ", n) + "]\n");
    all.put("nested not", n -> HEAD + "x = " + times("not ", n) + "1\n");
    all.put("nested lambdas", n -> HEAD + "x = " + times("lambda: ", n) + "1\n");
    all.put("nested choices", n -> HEAD + "x = " + times("1 if a else ", n) + "1\n");
    all.put("a long sum", n -> HEAD + "x = 1" + times(" + 1", n) + "\n");
    all.put("a long power", n -> HEAD + "x = 1" + times("**1", n) + "\n");
    all.put("a long comparison", n -> HEAD + "x = 1" + times(" < 1", n) + "\n");
    all.put("a long chain of members", n -> HEAD + "x = torch" + times(".a", n) + "\n");
    all.put("a long chain of calls", n -> HEAD + "x = torch" + times("()", n) + "\n");
    all.put("a long chain of indices", n -> HEAD + "x = torch" + times("[0]", n) + "\n");
    all.put("a long chain of assignments", n -> HEAD + times("x = ", n) + "1\n");
    for (String head :
        new String[] {
          "if a:", "for a in b:", "while a:", "with a:", "try:", "def f():", "class A(B):"
        }) {
      all.put("nested " + head, n -> HEAD + blocks(head, Math.min(n / 10, 600)));
    }
  }

  private static String blocks(String head, int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      text.append(" ".repeat(i)).append(head).append('\n');
    }
    return text.append(" ".repeat(depth)).append("pass\n").toString();
  }

  private static void broken(Map<String, IntFunction<String>> all) {
    for (String bracket : new String[] {"(", "[", "{", "f(", "def f(", "{'a':"}) {
      all.put("unclosed " + bracket, n -> HEAD + "x = " + times(bracket, n) + "\n");
    }
    all.put("a lost bracket", n -> HEAD + "x = (1,\n" + times("y = f(1)\n", n));
    all.put("lost brackets", n -> HEAD + times("x = (1,\n", n));
    all.put("brackets too many", n -> HEAD + "x = 1" + times(")", n) + "\n");
    all.put("brackets that do not match", n -> HEAD + times("([)", n) + "\n");
    all.put("quotes", n -> HEAD + "x = " + times("\"", n) + "\n");
    all.put("unclosed texts", n -> HEAD + times("x = 'a\n", n));
    all.put("an unclosed text", n -> HEAD + "x = '''" + times("y = 1\n", n));
    all.put("unclosed formatted texts", n -> HEAD + times("x = f'{a\n", n));
    all.put("words that are no Python", n -> HEAD + times("class 3 $ ?\n", n / 4));
    all.put("members without names", n -> HEAD + times("x = torch.(model)\n", n));
  }

  private static void values(Map<String, IntFunction<String>> all) {
    all.put(
        "a list that doubles",
        n -> MODEL + "x = [model]\n" + times("x = x + x\n", n / 4) + "f(x)\n");
    all.put(
        "a list that doubles in place",
        n -> MODEL + "x = [model]\n" + times("x += x\nf(x)\n", n / 4));
    all.put(
        "a dictionary that doubles", n -> MODEL + "d = {'a': 1}\n" + times("d.update(d)\n", n / 4));
    all.put(
        "a list in a list",
        n -> HEAD + "x = [1]\n" + times("x = [x]\n", n) + "y = x if a else [x]\nf(x, y)\n");
    all.put(
        "a list of twice the list",
        n ->
            HEAD
                + "x = [1]\ny = [1]\n"
                + times("x = [x, x]\ny = [y, y]\n", n / 4)
                + "z = x if a else y\n");
    all.put(
        "a list that holds itself",
        n ->
            HEAD
                + "x = [1]\nx.append(x)\ny = [1]\ny.append(y)\n"
                + times("z = x if a else y\n", n / 4)
                + "torch.optim.SGD(x)\n");
    all.put(
        "a zip of zips",
        n -> HEAD + "x = [1]\n" + times("x = zip(x, x)\n", n / 4) + "for a in x: pass\n");
    all.put("enumerations", n -> HEAD + times("x = enumerate(x)\n", n) + "for a in x: pass\n");
    all.put("a growing name", n -> HEAD + "x = torch\n" + times("x = x.a\n", n) + "x()\n");
    all.put(
        "a growing network",
        n ->
            HEAD
                + "import torchvision\nx = torchvision.models.resnet18()\n"
                + times("x = x.a\n", n)
                + "x(1)\n");
    all.put(
        "nested gradients",
        n ->
            "import mindspore\nf = g\n" + times("f = mindspore.value_and_grad(f)\n", n) + "f(1)\n");
    all.put(
        "functions that call twice",
        n -> HEAD + "def f0(x): return x\n" + doubling(Math.min(n / 10, 400)) + "f30(1)\n");
    all.put(
        "functions that call each other",
        n ->
            HEAD
                + each("def f%(x):\n  return g(x) + f%(x)\n", n / 4)
                + "def g(x):\n  return f0(x) + f1(x)\n"
                + each("f%(1)\n", n / 4));
    all.put(
        "classes of themselves",
        n ->
            HEAD
                + times("class A(A):\n  def forward(self, x): return self(x)\n", n / 4)
                + "A()(1)\n");
    all.put(
        "returns", n -> HEAD + "def f(x):\n" + each("  if x: return [x, %]\n", n / 2) + "f(a)\n");
    all.put("branches", n -> HEAD + each("x% = 1\n", n / 2) + each("if a: x% = 2\n", n / 2));
    all.put(
        "branches within branches",
        n -> HEAD + each("x% = 1\n", n / 2) + times(blocks("if a:", 40), n / 400));
  }

  private static String doubling(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < count; i++) {
      text.append("def f" + i + "(x): return f" + (i - 1) + "(x) + f" + (i - 1) + "(x)\n");
    }
    return text.toString();
  }

  private static void modules(Map<String, IntFunction<String>> all) {
    all.put(
        "a module in a module",
        n -> MODEL + times("model = nn.Sequential(model)\n", n) + "model(1)\n");
    all.put(
        "a module of twice the module",
        n -> MODEL + times("model = nn.Sequential(model, model)\n", n / 4) + "model(1)\n");
    all.put(
        "a module that holds itself",
        n -> MODEL + times("model.append(model)\n", n / 8) + "model(1)\n");
    all.put(
        "a network that ends in itself",
        n ->
            HEAD
                + "import torchvision\nm = torchvision.models.resnet18()\nm.fc = m\n"
                + times("m(1)\n", n / 8));
    all.put(
        "many layers",
        n ->
            HEAD
                + each("l% = nn.Linear(4, 4)\n", n / 8)
                + "x = 1\n"
                + each("x = l%(x)\n", n / 8)
                + "x.backward()\n");
    all.put(
        "many optimizers",
        n ->
            MODEL
                + LOOP
                + each(
                    "        o% = torch.optim.SGD(model.parameters())\n        o%.step()\n", n / 8)
                + "        model(x).sum().backward()\n");
    all.put(
        "many replacements",
        n ->
            MODEL
                + each("model.a% = nn.Linear(4, 4)\n", n / 4)
                + LOOP
                + "        model(x).sum().backward()\n        opt.step()\n");
    all.put(
        "many freezes",
        n ->
            MODEL
                + each("model.a% = nn.Linear(4, 4)\n", n / 8)
                + times("model.requires_grad_(False)\n", n / 8));
  }

  private static void loops(Map<String, IntFunction<String>> all) {
    all.put("many steps", n -> MODEL + LOOP + times("        opt.step()\n", n / 2));
    all.put(
        "many backward passes",
        n ->
            MODEL
                + LOOP
                + times("        model(x).sum().backward()\n", n / 4)
                + "        opt.step()\n");
    all.put(
        "many loops",
        n ->
            MODEL
                + times(
                    "for x in loader:\n    model(x).sum().backward()\n    opt.step()\n", n / 8));
    all.put(
        "many loaders",
        n ->
            MODEL
                + each(
                    "l% = DataLoader(d%, 8, False)\nfor x, y in l%:\n    nn.functional.cross_entropy(model(x), y).backward()\n    opt.step()\n",
                    n / 16));
    all.put("many evaluations", n -> MODEL + times("model.fit(x, y)\nmodel.evaluate(x)\n", n / 4));
    all.put(
        "many compilations",
        n ->
            "import keras\nm = keras.Sequential([keras.layers.Dense(1)])\n"
                + times("m.compile('sgd', 'mse')\nm.fit(x, y)\n", n / 4));
    all.put(
        "loops over literals",
        n ->
            MODEL
                + "for a in [1, 2, 3, 4, 5, 6]:\n for b in [1, 2, 3, 4, 5, 6]:\n  for c in [1, 2, 3, 4, 5, 6]:\n"
                + times("   model(a)\n", n / 8));
  }
}
