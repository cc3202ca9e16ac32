namespace Splade.AI.Policy.Steps;

/// <summary>Phrases that are looked for in texts, all of them in one pass, however many there are.</summary>
/// <remarks>Filled once; safe for concurrent use after that.</remarks>
/// <typeparam name="T">What a phrase stands for.</typeparam>
internal sealed class PhraseTrie<T>(WordEdges edges)
{
    private const int Root = 0;

    private readonly Dictionary<(int Node, int Id), int> _next = [];
    private readonly List<List<int>> _endings = [[]];
    private readonly List<(bool IsWord, T Value)> _phrases = [];

    public bool IsEmpty => _phrases.Count == 0;

    public void Add(Phrase phrase, T value)
    {
        int node = Root;
        foreach (int id in phrase.Ids)
        {
            if (!_next.TryGetValue((node, id), out int next))
            {
                next = _next[(node, id)] = _endings.Count;
                _endings.Add([]);
            }

            node = next;
        }

        _endings[node].Add(_phrases.Count);
        _phrases.Add((phrase.IsWord, value));
    }

    /// <summary>What stands in a text: each phrase once, in the order in which they were added.</summary>
    public IEnumerable<T> Find(ReadOnlySpan<int> text)
    {
        if (IsEmpty)
        {
            return [];
        }

        var found = new SortedSet<int>();
        for (int start = 0; start < text.Length; start++)
        {
            int node = Root;
            for (int end = start; end < text.Length && _next.TryGetValue((node, text[end]), out node); end++)
            {
                AddEndings(node, text, start, end + 1, found);
            }
        }

        return found.Select(phrase => _phrases[phrase].Value);
    }

    private void AddEndings(int node, ReadOnlySpan<int> text, int start, int end, SortedSet<int> found)
    {
        foreach (int phrase in _endings[node])
        {
            if (!_phrases[phrase].IsWord || edges.AreWords(text, start, end))
            {
                found.Add(phrase);
            }
        }
    }
}
