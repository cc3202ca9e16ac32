using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
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
        : this(_ => Task.FromResult(engine), options, (engine ?? throw new ArgumentNullException(nameof(engine))).LoggerFactory)
    {
    }

    /// <summary>Functions over an engine that is loaded by the first call.</summary>
    internal SpladeAITools(Func<CancellationToken, Task<SpladeEngine>> getEngine, SpladeAIToolsOptions? options, ILoggerFactory? log)
    {
        SpladeAIToolsOptions own = options?.Clone() ?? new SpladeAIToolsOptions();
        var context = new ToolContext(getEngine, own, Log.For<SpladeAITools>(own.LoggerFactory ?? log));
        Functions = [.. ToolTable.Tools.Where(tool => own.Retriever is not null || !tool.Searches).Select(tool => new ToolFunction(tool, context))];
    }

    /// <summary>
    /// Gets the functions: <c>splade_encode</c>, <c>splade_explain</c>, <c>splade_compare</c> and <c>splade_expand</c>, and with a retriever
    /// <c>hybrid_search</c> and <c>read_passage</c>.
    /// </summary>
    public IReadOnlyList<AIFunction> Functions { get; }

    /// <summary>Creates the functions over an engine.</summary>
    /// <param name="engine">The model that encodes and explains. Not disposed by the functions.</param>
    /// <param name="options">What is offered, and how much is given; null for the defaults, without a retriever.</param>
    /// <returns><see cref="Functions"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="engine"/> is null.</exception>
    public static IReadOnlyList<AIFunction> Create(SpladeEngine engine, SpladeAIToolsOptions? options = null) =>
        new SpladeAITools(engine, options).Functions;
}
