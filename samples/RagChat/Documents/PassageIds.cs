namespace RagChat.Documents;

/// <summary>Gives ids that no passage has yet.</summary>
internal sealed class PassageIds
{
    private readonly HashSet<string> _taken = [];

    /// <summary>Where counting stopped for each wish: a long article has thousands of passages under one heading.</summary>
    private readonly Dictionary<string, int> _parts = [];

    /// <summary>The wished id, or with a number behind it if another passage has it.</summary>
    public string Next(string wished)
    {
        string free = wished;
        while (!_taken.Add(free))
        {
            int part = _parts[wished] = _parts.GetValueOrDefault(wished, 1) + 1;
            free = $"{wished} ({part})";
        }

        return free;
    }
}
