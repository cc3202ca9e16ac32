namespace RagChat.Files;

/// <summary>Counts what is passed over on purpose, by name, to be said in a sentence.</summary>
/// <param name="one">What one of them is called.</param>
/// <param name="several">What several are called.</param>
internal sealed class PassedOver(string one, string several)
{
    /// <summary>The sentence stays on two lines of a terminal.</summary>
    private const int MaxNames = 8;

    private readonly SortedDictionary<string, int> _names = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Add(string name)
    {
        Count++;
        _names[name] = _names.GetValueOrDefault(name) + 1;
    }

    /// <summary>For example <c>3 files of other kinds: .docx (2), .html</c>; the most frequent names first.</summary>
    public override string ToString()
    {
        IEnumerable<string> named = _names
            .OrderByDescending(n => n.Value)
            .Take(MaxNames)
            .Select(n => PrintableText.Of(n.Value > 1 ? $"{n.Key} ({n.Value:N0})" : n.Key));
        string more = _names.Count > MaxNames ? $" and {_names.Count - MaxNames:N0} more" : "";
        return $"{Count:N0} {(Count == 1 ? one : several)}: {string.Join(", ", named)}{more}";
    }
}
