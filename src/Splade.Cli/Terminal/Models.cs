using Splade.AI;
using Splade.AI.ModelFiles;
using Splade.AI.ModelFiles.Hub;
using Splade.AI.Policy;
using Splade.AI.Tokenization;

namespace Splade.Cli.Terminal;

/// <summary>Models by what stands for FOLDER on the command line: a folder, or a name that is in the local cache.</summary>
internal static class Models
{
    /// <summary>What stands for the encoder of words that needs no folder.</summary>
    public const string Bm25 = "bm25";

    private const string TokenizerFile = "tokenizer.json";
    private const string VocabularyFile = "vocab.txt";
    private const string QueryModules = "query_";

    public static Task<string> FindAsync(string folderOrName, CancellationToken cancellationToken)
    {
        if (File.Exists(folderOrName))
        {
            throw new CommandFailedException($"{folderOrName}: This is a file. Expected the folder of a model, or owner/name as on the hub.");
        }

        var hub = new SpladeModelHub(new SpladeModelHubOptions { LoggerFactory = new WarningLog() });
        return hub.ResolveAsync(folderOrName, cancellationToken: cancellationToken);
    }

    public static Task<SpladeEngine> LoadAsync(string folderOrName, CancellationToken cancellationToken) =>
        LoadAsync(folderOrName, EngineSettings.Default, cancellationToken);

    /// <summary>A SPLADE model, for the commands that take no other encoder.</summary>
    public static async Task<SpladeEngine> LoadAsync(string folderOrName, EngineSettings settings, CancellationToken cancellationToken)
    {
        if (folderOrName == Bm25)
        {
            throw NoSplade(folderOrName, EncoderKind.Bm25);
        }

        string folder = await FindAsync(folderOrName, cancellationToken).ConfigureAwait(false);
        if (OtherSparseKind(folder) is EncoderKind kind)
        {
            throw NoSplade(folderOrName, kind);
        }

        return await SpladeEngine.CreateAsync(SpladeOptions(folder, settings), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Any sparse encoder: that of a folder, or BM25, which needs none.</summary>
    public static async Task<SparseModel> LoadSparseAsync(string folderOrName, EngineSettings settings, CancellationToken cancellationToken)
    {
        if (folderOrName == Bm25)
        {
            RequireNothingOfSplade(settings, EncoderKind.Bm25);
            return new SparseModel(new Bm25EmbeddingGenerator(new Bm25Options { LoggerFactory = new WarningLog() }));
        }

        string folder = await FindAsync(folderOrName, cancellationToken).ConfigureAwait(false);
        if (OtherSparseKind(folder) is EncoderKind kind)
        {
            RequireNothingOfSplade(settings, kind);
        }

        return new SparseModel(await SparseEncoders.OpenAsync(SpladeOptions(folder, settings), cancellationToken).ConfigureAwait(false));
    }

    public static async Task<DenseEmbeddingGenerator> LoadDenseAsync(string folderOrName, EngineSettings settings, CancellationToken cancellationToken)
    {
        string folder = await FindAsync(folderOrName, cancellationToken).ConfigureAwait(false);
        DenseEmbeddingGeneratorOptions options = Prepare(new DenseEmbeddingGeneratorOptions(folder), settings);
        return await DenseEmbeddingGenerator.CreateAsync(options, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<CrossEncoderReranker> LoadRerankerAsync(
        string folderOrName, EngineSettings settings, CancellationToken cancellationToken, string? label = null)
    {
        string folder = await FindAsync(folderOrName, cancellationToken).ConfigureAwait(false);
        CrossEncoderRerankerOptions options = Prepare(new CrossEncoderRerankerOptions(folder), settings);
        options.Label = label;
        return await CrossEncoderReranker.CreateAsync(options, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<SpladeEncoding> EncodeQueryAsync(SpladeEngine engine, string query, CancellationToken cancellationToken)
    {
        var options = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query };
        return (await engine.EncodeAsync([query], options, cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Loads the tokenizer of a model, and nothing else of it.</summary>
    public static async Task<Tokenizer> LoadTokenizerAsync(string folderOrName, CancellationToken cancellationToken)
    {
        string folder = await FindAsync(folderOrName, cancellationToken).ConfigureAwait(false);
        return Tokenizer.Load(FindTokenizer(folder));
    }

    /// <summary>What people call a kind.</summary>
    public static string NameOf(EncoderKind kind) => kind switch
    {
        EncoderKind.Splade => "SPLADE",
        EncoderKind.Bm25 => "BM25",
        EncoderKind.Bm42 => "BM42",
        EncoderKind.MiniCoil => "miniCOIL",
        EncoderKind.BgeM3 => "BGE-M3",
        EncoderKind.Dense => "dense",
        _ => "reranker",
    };

    // Of kinds that no command loads for its sparse vectors, loading them says what they are.
    private static EncoderKind? OtherSparseKind(string folder) =>
        SparseEncoders.KindOf(folder) is EncoderKind kind and (EncoderKind.Bm42 or EncoderKind.BgeM3) ? kind : null;

    private static CommandFailedException NoSplade(string given, EncoderKind kind) => new(
        $"{given}: This is {NameOf(kind)}, and the command is for SPLADE models. `splade encode`, `splade explain`, `splade eval` and `splade serve` "
        + $"take {NameOf(kind)} too.");

    private static void RequireNothingOfSplade(EngineSettings settings, EncoderKind kind)
    {
        string? option = settings.PolicyFile is not null ? "--policy"
            : settings.Activation is not null ? "--activation"
            : settings.Precision != Precision.Exact ? "--precision fast"
            : null;
        if (option is not null)
        {
            throw new CommandFailedException($"{option} is for SPLADE models, and {NameOf(kind)} has nothing of the kind. Leave it out.");
        }
    }

    private static SpladeEngineOptions SpladeOptions(string folder, EngineSettings settings)
    {
        SpladeEngineOptions options = Prepare(new SpladeEngineOptions(folder), settings);
        options.Precision = settings.Precision;
        options.Activation = settings.Activation;
        options.Policy = settings.PolicyFile is string file ? VocabularyPolicy.Load(file) : null;
        return options;
    }

    /// <summary>Options with what all kinds of models run on.</summary>
    private static TOptions Prepare<TOptions>(TOptions options, EngineSettings settings)
        where TOptions : EncoderOptions
    {
        options.ExecutionProvider = settings.Device.Provider;
        options.DeviceIds = settings.Device.Ids;
        options.Threads = settings.Threads;
        options.ConcurrentRuns = settings.Workers;
        options.LoggerFactory = new WarningLog();
        return options;
    }

    // In the folder itself, or in that of its transformer; of a model with routes, in that of the route for documents.
    private static string FindTokenizer(string folder)
    {
        string[] folders = [folder, .. Directory.EnumerateDirectories(folder).OrderBy(IsOfQueries).ThenBy(f => f, StringComparer.Ordinal)];
        return new[] { TokenizerFile, VocabularyFile }
            .SelectMany(file => folders.Select(f => Path.Combine(f, file)))
            .FirstOrDefault(File.Exists)
            ?? throw new CommandFailedException(
                $"{folder}: There is no {TokenizerFile} in it or in its subfolders, nor the {VocabularyFile} of a BERT model. Expected the folder of a model with its tokenizer.");
    }

    private static bool IsOfQueries(string folder) => Path.GetFileName(folder).StartsWith(QueryModules, StringComparison.Ordinal);
}
