namespace Splade.AI.Tokenization;

/// <summary>The check that every list of texts from a caller goes through.</summary>
internal static class Texts
{
    /// <summary>The texts as an array, enumerated once.</summary>
    /// <exception cref="ArgumentNullException">There is no list.</exception>
    /// <exception cref="ArgumentException">A text is null; the message has its position.</exception>
    public static string[] Check(IEnumerable<string> texts, string parameter)
    {
        ArgumentNullException.ThrowIfNull(texts, parameter);
        string[] all = texts.ToArray();
        int missing = Array.IndexOf(all, null);
        return missing < 0 ? all : throw new ArgumentException($"The text at position {missing} is null. Leave it out, or give an empty text.", parameter);
    }
}
