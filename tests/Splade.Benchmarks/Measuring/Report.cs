namespace Splade.Benchmarks.Measuring;

/// <summary>What a benchmark says in the end.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Question">What was compared, on what data, in how many rounds.</param>
/// <param name="Tables">The tables, in Markdown.</param>
internal sealed record Report(string Title, string Question, IReadOnlyList<string> Tables)
{
    /// <summary>Whether programs read it: the tables alone, which are none then.</summary>
    public bool IsPlain { get; init; }

    /// <summary>What it is saved as, without the ending; null for the name of the benchmark.</summary>
    public string? FileName { get; init; }

    /// <summary>What must not be as it is, so that the command fails; null for nothing.</summary>
    public string? Failure { get; init; }

    public string Format() => IsPlain ? string.Concat(Tables) : $"# {Title}\n\n{Question}\n\nMachine: {Machine.Describe()}.\n\n{string.Join('\n', Tables)}";
}
