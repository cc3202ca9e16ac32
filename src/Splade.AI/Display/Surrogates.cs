namespace Splade.AI.Display;

/// <summary>Halves of characters that stand alone, which no encoding can write.</summary>
internal static class Surrogates
{
    public static bool IsLone(string text, int at) =>
        (char.IsHighSurrogate(text[at]) && (at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])))
        || (char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1])));
}
