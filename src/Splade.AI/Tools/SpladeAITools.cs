using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Splade.AI.Explanation;
using Splade.AI.Telemetry;

namespace Splade.AI.Tools;

/// <summary>Represents encoding, explanation and search as functions that language models call.</summary>
/// <remarks>
/// <para>
/// The functions are safe for concurrent use and live as long as the engine and the retriever do. They return compact JSON as a string, with
/// names in snake_case. Where something is wrong there is an <c>error</c> with a <c>hint</c> instead: what the model can mend, or that it cannot.
/// No error has text of an exception in it; the log has the reason. What only a developer can mend is logged and thrown: a model that cannot be
/// loaded (<see cref="SpladeModelException"/>, <c>OptionsValidationException</c>, <c>VocabularyPolicyException</c>) and a store of another model
/// (<see cref="ArgumentException"/>). Cancellation is passed on as <see cref="OperationCanceledException"/>.
/// </para>
/// <para>
/// Models are sloppy: numbers may come as texts, lists as one text, names in any case. All of that is understood. Lists, texts and numbers in
/// results are short: <see cref="SpladeAIToolsOptions"/> says how short.
/// </para>
/// <para>
/// Whoever writes documents writes into the prompt of every model that reads them. What these functions do about it: text from documents stands
/// in members whose names begin with <c>untrusted_</c>, as JSON in which no text can end its own member; a <c>note</c> before it says that it is
/// data; characters that show nothing are taken out; lengths are bounded; no function changes anything. Outside of these members documents have
/// the words that a term is a piece of, and ids that are short names of ASCII letters and digits: of all others there is a handle. That makes
/// an injected instruction visible and weak, not impossible: give an agent that reads strangers' documents no other function that does harm, or
/// put a person's approval before it (<see cref="ApprovalRequiredAIFunction"/>), and load the engine with
/// <see cref="EncoderOptions.SpecialTokensInText"/> off.
/// </para>
/// </remarks>
public sealed class SpladeAITools
{
    /// <summary>Initializes a new instance of the <see cref="SpladeAITools"/> class over an engine.</summary>
    /// <param name="engine">The model that encodes and explains. Not disposed by the functions.</param>
    /// <param name="options">What is offered, and how much is given; null for the defaults, without a retriever.</param>
    /// <exception cref="ArgumentNullException"><paramref name="engine"/> is null.</exception>
    public SpladeAITools(SpladeEngine engine, SpladeAIToolsOptions? options = null)
        : this(_ => Task.FromResult<ISparseExplainer>(engine), expands: true, options, (engine ?? throw new ArgumentNullException(nameof(engine))).LoggerFactory)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SpladeAITools"/> class over any sparse encoder of this library.</summary>
    /// <param name="generator">
    /// The encoder, such as one that <c>SparseEncoders.OpenAsync</c> has opened, or what is around one. Not disposed by the
    /// functions. Over one that is not SPLADE there is no <c>splade_expand</c>: it adds no words to a text.
    /// </param>
    /// <param name="options">What is offered, and how much is given; null for the defaults, without a retriever.</param>
    /// <exception cref="ArgumentException">The generator explains nothing: it gives no <see cref="ISparseExplainer"/> as a service.</exception>
    public SpladeAITools(IEmbeddingGenerator<string, SparseEmbedding> generator, SpladeAIToolsOptions? options = null)
        : this(EncoderOf(generator), options)
    {
    }

    /// <summary>Functions over an encoder that is loaded by the first call.</summary>
    internal SpladeAITools(
        Func<CancellationToken, Task<ISparseExplainer>> getEncoder, bool expands, SpladeAIToolsOptions? options, ILoggerFactory? log)
    {
        SpladeAIToolsOptions own = options?.Clone() ?? new SpladeAIToolsOptions();
        var context = new ToolContext(getEncoder, own, Log.For<SpladeAITools>(own.LoggerFactory ?? log));
        Functions =
        [
            .. ToolTable.Tools
                .Where(tool => (own.Retriever is not null || !tool.Searches) && (expands || !tool.Expands))
                .Select(tool => new ToolFunction(tool, context)),
        ];
    }

    private SpladeAITools(ISparseExplainer encoder, SpladeAIToolsOptions? options)
        : this(_ => Task.FromResult(encoder), encoder is SpladeEngine, options, (encoder as SpladeEngine)?.LoggerFactory)
    {
    }

    /// <summary>
    /// Gets the functions: <c>splade_encode</c>, <c>splade_explain</c>, <c>splade_compare</c> and, over a SPLADE model, <c>splade_expand</c>, and with a
    /// retriever <c>hybrid_search</c> and <c>read_passage</c>.
    /// </summary>
    public IReadOnlyList<AIFunction> Functions { get; }

    /// <summary>Creates the functions over an engine.</summary>
    /// <param name="engine">The model that encodes and explains. Not disposed by the functions.</param>
    /// <param name="options">What is offered, and how much is given; null for the defaults, without a retriever.</param>
    /// <returns><see cref="Functions"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="engine"/> is null.</exception>
    public static IReadOnlyList<AIFunction> Create(SpladeEngine engine, SpladeAIToolsOptions? options = null) =>
        new SpladeAITools(engine, options).Functions;

    /// <summary>What encodes and explains behind a generator.</summary>
    /// <exception cref="ArgumentException">Nothing explains.</exception>
    internal static ISparseExplainer EncoderOf(IEmbeddingGenerator<string, SparseEmbedding> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return generator.GetService(typeof(SpladeEngine)) as ISparseExplainer
            ?? generator.GetService(typeof(ISparseExplainer)) as ISparseExplainer
            ?? throw new ArgumentException(
                $"Found the generator {generator.GetType()}, which gives no {nameof(ISparseExplainer)} as a service, expected one that explains its vectors: "
                + "an encoder of this library that runs here, or what is around one.",
                nameof(generator));
    }
}
