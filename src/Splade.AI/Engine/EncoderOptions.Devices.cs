namespace Splade.AI;

/// <content>What a model runs on, and with how many threads.</content>
public abstract partial class EncoderOptions
{
    /// <summary>Gets or sets what the model runs on.</summary>
    /// <remarks>
    /// CUDA is in ONNX Runtime's package for graphics cards only, which an application references instead of the one for processors, and it
    /// needs CUDA and cuDNN on the machine. Where that is missing, <see cref="ExecutionProvider.Cuda"/>
    /// makes loading fail with a <see cref="SpladeModelException"/> that names package and versions, and <see cref="ExecutionProvider.Auto"/>
    /// takes the processors and says so in the log.
    /// </remarks>
    /// <value>The default is <see cref="ExecutionProvider.Cpu"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public ExecutionProvider ExecutionProvider
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(ExecutionProvider), value, $"Expected one of {string.Join(", ", Enum.GetNames<ExecutionProvider>())}.");
    }

    /// <summary>Gets or sets the numbers of the CUDA devices that the model runs on; of no account where it runs on the processors.</summary>
    /// <remarks>
    /// With several, the model is loaded on each, and all take texts from one queue. A device that fails on texts that another one can do is
    /// named in the log and taken out, and its texts are done elsewhere.
    /// </remarks>
    /// <value>The default is [0].</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">It is empty, or has a number twice or one below 0.</exception>
    public IReadOnlyList<int> DeviceIds
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(DeviceIds));
            if (value.Count == 0 || value.Any(id => id < 0) || value.Distinct().Count() < value.Count)
            {
                throw new ArgumentException(
                    $"The devices are [{string.Join(", ", value)}], expected at least one number, each from 0 on and only once.", nameof(DeviceIds));
            }

            field = [.. value];
        }
    } = [0];

    /// <summary>Gets or sets how many threads of the processors one run of the model uses.</summary>
    /// <value>
    /// The default is null: as many as there are processors that the process may use, container limits included, for a run that is alone, and
    /// each worker's share of them for one of several. Where the layers of a model are so small that a second thread is no help, one, and only
    /// the vocabulary is shared out over threads.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Threads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Threads));
            field = value;
        }
    }

    /// <summary>Gets or sets how many runs of the model go on at a time on each device, over all calls: the engine's workers.</summary>
    /// <remarks>
    /// Each takes memory for the output of one run, and threads as <see cref="Threads"/> says. A model that gives the logits of all tokens, and
    /// could not be changed to give less, makes one run at a time whatever stands here; the log says why. While all runs are of long calls there
    /// is one more, for calls of at most 256 tokens, such as queries: they do not wait for documents, and documents do not wait for them.
    /// </remarks>
    /// <value>
    /// The default is null: as many as there are processors, container limits included; where <see cref="Threads"/> is set, divided by that,
    /// but at least 2 if there are 2 processors; on CUDA 2. One text is in the model while another's output is reduced.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? ConcurrentRuns
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(ConcurrentRuns));
            field = value;
        }
    }
}
