namespace Splade.Testing;

/// <summary>docs/from-a-folder-to-a-cluster.md: a program, and the lines that give it another store.</summary>
public static class ClusterPage
{
    private const string InMemory = "await using IHybridStore store = EmbeddedHybridStore.CreateInMemory(schema);";

    private static readonly MarkdownPage Page = new("docs/from-a-folder-to-a-cluster.md");

    /// <summary>What the program prints, whatever its store is.</summary>
    public static string Output => Page.Blocks("text")[0];

    /// <summary>The program with the page's line for a kind of store.</summary>
    /// <param name="kind">The type that opens the store.</param>
    /// <param name="package">The namespace of the type.</param>
    /// <param name="place">What stands in the line for the place of the store, and what is to stand there.</param>
    public static string ProgramFor(string kind, string package, params (string Found, string Here)[] place)
    {
        string program = Page.Blocks("csharp")[0];
        Assert.Contains(InMemory, program, StringComparison.Ordinal);
        string line = Assert.Single(Page.Blocks("cs"), line => line.Contains($" {kind}.OpenAsync(", StringComparison.Ordinal));
        Assert.All(place, part => Assert.Contains(part.Found, line, StringComparison.Ordinal));
        line = place.Aggregate(line, (made, part) => made.Replace(part.Found, part.Here, StringComparison.Ordinal));
        return $"using {package};\n{program.Replace(InMemory, line, StringComparison.Ordinal)}";
    }
}
