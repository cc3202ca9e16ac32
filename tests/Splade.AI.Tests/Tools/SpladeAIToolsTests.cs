using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Splade.AI.Tests.TestData;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class SpladeAIToolsTests(ToolsFixture fixture) : IClassFixture<ToolsFixture>
{
    private static readonly string Approved = Path.Combine(Repository.TestData, "ToolFunctions.approved.json");

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Function, string Arguments)[] AllCalls =
    [
        ("splade_encode", """{"text": "Chandrayaan was India's third mission to the moon, für café 月", "top": 50}"""),
        ("splade_explain", """{"query": "red world", "document": "Mars is called the Red Planet."}"""),
        ("splade_compare", """{"query": "red world", "documents": ["Mars is called the Red Planet.", "A recipe for bread."]}"""),
        ("hybrid_search", """{"query": "how do I clean the grinder?"}"""),
        ("hybrid_search", """{"query": "moon", "mode": "dense", "top": 5}"""),
        ("read_passage", """{"id": "faq/refunds"}"""),
        ("splade_encode", "{}"),
        ("read_passage", """{"id": "nothing"}"""),
    ];

    public static IEnumerable<object[]> Calls => AllCalls.Select(c => new object[] { c.Function, c.Arguments });

    [Fact]
    public void Create_Functions_AreTheApprovedOnes()
    {
        string actual = new JsonArray([.. fixture.Functions.Select(f => new JsonObject
        {
            ["name"] = f.Name,
            ["description"] = f.Description,
            ["parameters"] = JsonNode.Parse(f.JsonSchema.GetRawText()),
        })]).ToJsonString(Indented) + "\n";
        string received = Approved.Replace(".approved.json", ".received.txt", StringComparison.Ordinal);
        File.Delete(received);
        if (!File.Exists(Approved) || File.ReadAllText(Approved).ReplaceLineEndings("\n") != actual.ReplaceLineEndings("\n"))
        {
            File.WriteAllText(received, actual);
            Assert.Fail($"What models are told of the functions has changed. If that is meant, copy {received} over {Approved}.");
        }
    }

    [Fact]
    public void Create_Functions_KeepTheRulesOfChatServices()
    {
        Assert.All(fixture.Functions, f =>
        {
            Assert.Matches("^[a-z_]{1,64}$", f.Name);
            Assert.InRange(f.Description.Length, 40, 1024);
            Assert.Null(f.ReturnJsonSchema);
            foreach (JsonProperty parameter in f.JsonSchema.GetProperty("properties").EnumerateObject())
            {
                Assert.Matches("^[a-z_]+$", parameter.Name);
                Assert.Contains(parameter.Value.GetProperty("type").GetString(), new[] { "string", "integer", "array" });
                Assert.False(string.IsNullOrWhiteSpace(parameter.Value.GetProperty("description").GetString()));
            }
        });
    }

    [Fact]
    public void Create_WithoutRetriever_HasNoSearch() =>
        Assert.Equal(["splade_encode", "splade_explain", "splade_compare", "splade_expand"], SpladeAITools.Create(fixture.Engine).Select(f => f.Name));

    [Fact]
    public async Task Create_Options_ShowInNamesDescriptionsAndSchemas()
    {
        var options = new SpladeAIToolsOptions
        {
            Retriever = fixture.Retriever,
            NamePrefix = "shop-1_",
            CorpusDescription = "the shop's handbook",
            MaxTop = 7,
            DefaultTerms = 9,
            DefaultHits = 2,
            MaxDocuments = 4,
        };

        IReadOnlyList<AIFunction> functions = SpladeAITools.Create(fixture.Engine, options);

        Assert.Equal(fixture.Functions.Select(f => "shop-1_" + f.Name), functions.Select(f => f.Name));
        Assert.StartsWith("Searches the shop's handbook and returns", functions[4].Description, StringComparison.Ordinal);
        Assert.Equal((7, 7), Top(functions[0]));
        Assert.Equal((4, 4), Top(functions[2]));
        Assert.Equal((7, 7), Top(functions[3]));
        Assert.Equal((7, 2), Top(functions[4]));
        Assert.Equal(4, Parameter(functions[2], "documents").GetProperty("maxItems").GetInt32());
        string error = await ToolsFixture.CallAsync(functions, "shop-1_read_passage", """{"id": "x"}""");
        Assert.Contains("Search for the passage", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Invoke_AnyResult_IsCompactJsonInSnakeCaseWithShortNumbers(string function, string arguments)
    {
        string json = await fixture.CallAsync(function, arguments);

        JsonNode result = JsonNode.Parse(json)!;
        Assert.DoesNotContain('\n', json);
        Assert.Equal(result.ToJsonString(Compact), json);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
        Assert.All(Names(result), name => Assert.Matches("^[a-z_]+$", name));
        Assert.All(Numbers(result), number => Assert.Matches(@"^-?\d+(\.\d{1,3})?$", number));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Invoke_UnderAnotherCulture_GivesTheSameBytes(string function, string arguments)
    {
        string expected = await fixture.CallAsync(function, arguments);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("")
        {
            NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" },
        };
        try
        {
            Assert.Equal(expected, await fixture.CallAsync(function, arguments));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Invoke_ThirtyTwoCallsAtOnce_GiveWhatEachGivesAlone()
    {
        var alone = new List<string>();
        foreach ((string function, string arguments) in AllCalls)
        {
            alone.Add(await fixture.CallAsync(function, arguments));
        }

        string[] together = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => AllCalls[i % AllCalls.Length])
            .Select(c => Task.Run(() => fixture.CallAsync(c.Function, c.Arguments))));

        Assert.Equal(Enumerable.Range(0, 32).Select(i => alone[i % alone.Count]), together);
    }

    [Fact]
    public async Task Invoke_CancelledToken_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ToolsFixture.CallAsync(fixture.Functions, "splade_encode", """{"text": "moon"}""", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ToolsFixture.CallAsync(fixture.Functions, "hybrid_search", """{"query": "moon"}""", cancelled.Token));
    }

    [Fact]
    public void Create_SetThatIsDropped_IsCollected()
    {
        WeakReference dropped = CreateAndDrop();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(dropped.IsAlive);
    }

    [Fact]
    public void Create_NullEngine_Throws()
    {
        Assert.Throws<ArgumentNullException>("engine", () => SpladeAITools.Create(null!));
        Assert.Throws<ArgumentNullException>("engine", () => new SpladeAITools((SpladeEngine)null!));
    }

    [Fact]
    public async Task Functions_WithoutReflectionInJson_Work()
    {
        const string Program = """
            using System.Text.Json;
            using Microsoft.Extensions.AI;
            using Splade.AI;
            using Splade.AI.Hybrid;
            using Splade.AI.Tools;

            AppContext.SetSwitch("System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault", false);
            using var sparse = await SpladeEmbeddingGenerator.CreateAsync("models/splade-tiny");
            using var dense = await DenseEmbeddingGenerator.CreateAsync("models/all-minilm-l6-v2-int8");
            var retriever = new HybridRetriever(EmbeddedHybridStore.CreateInMemory(), sparse, dense);
            await retriever.AddAsync([new("mars", "Mars is called the Red Planet.")]);
            var tools = SpladeAITools.Create(sparse.GetRequiredService<SpladeEngine>(), new() { Retriever = retriever });
            var arguments = new AIFunctionArguments
            {
                ["text"] = "moon", ["query"] = "moon", ["document"] = "moon", ["documents"] = new[] { "moon" }, ["top"] = 1, ["id"] = "mars",
            };
            Console.Write(JsonSerializer.IsReflectionEnabledByDefault);
            foreach (AIFunction tool in tools)
            {
                var json = (string)(await tool.InvokeAsync(arguments))!;
                Console.Write($" {tool.Name} {(json.Contains("error") ? json : "works")}");
            }
            """;

        string printed = await Snippet.RunAloneAsync(Program);

        Assert.Equal("False splade_encode works splade_explain works splade_compare works splade_expand works hybrid_search works read_passage works", printed);
    }

    // Not inlined, so that no register keeps what it made.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference CreateAndDrop() =>
        new(SpladeAITools.Create(fixture.Engine, new SpladeAIToolsOptions { Retriever = fixture.Retriever, NamePrefix = "dropped_" })[4]);

    private static JsonElement Parameter(AIFunction function, string name) => function.JsonSchema.GetProperty("properties").GetProperty(name);

    private static (int Maximum, int Default) Top(AIFunction function)
    {
        JsonElement top = Parameter(function, "top");
        return (top.GetProperty("maximum").GetInt32(), top.GetProperty("default").GetInt32());
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject o => o.Select(p => p.Key).Concat(o.SelectMany(p => Names(p.Value))),
        JsonArray a => a.SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> Numbers(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Numbers(p.Value)),
        JsonArray a => a.SelectMany(Numbers),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => [v.ToJsonString()],
        _ => [],
    };
}
