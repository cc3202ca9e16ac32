namespace Splade.Benchmarks.Measuring;

/// <summary>What a benchmark says in the end.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Question">What was compared, on what data, in how many rounds.</param>
/// <param name="Tables">The tables, in Markdown.</param>
internal sealed record Report(string Title, string Question, IReadOnlyList<string> Tables)
{
    public string Format() => $"# {Title}\n\n{Question}\n\nMachine: {Machine.Describe()}.\n\n{string.Join('\n', Tables)}";
}
