import { allowing, literal, trusting } from './terraform.ts';

/** The part of the greenhouse that warns its keeper by mail: a function behind a mutation, and what it sends with. */
export function greenhouseMail() {
  return {
    types: {
      aws_sesv2_configuration_set: {
        warnings: {
          configuration_set_name: 'greenhouse-warnings',
          suppression_options: { suppressed_reasons: ['BOUNCE'] },
        },
      },
      aws_sesv2_email_identity: {
        greenhouse: {
          email_identity: 'greenhouse.example',
          configuration_set_name: '${aws_sesv2_configuration_set.warnings.configuration_set_name}',
        },
      },
      aws_sesv2_account_suppression_attributes: { account: { suppressed_reasons: ['BOUNCE', 'COMPLAINT'] } },
      aws_cloudwatch_log_group: {
        warnings: { name: '/greenhouse/warnings', retention_in_days: 7 },
        api: { name: '/aws/appsync/apis/${aws_appsync_graphql_api.api.id}', retention_in_days: 30 },
      },
      aws_ssm_parameter: {
        keeper: {
          name: '/greenhouse/keeper',
          type: 'SecureString',
          value: 'keeper@example.net',
          lifecycle: { ignore_changes: ['value'] },
        },
      },
      aws_ses_template: {
        heat: {
          name: '${local.prefix}-heat',
          subject: literal('It is {{celsius}} °C at {{sensor}}'),
          text: literal(
            'The sensor {{sensor}} says {{celsius}} °C.\n{{#if advice}}\n{{advice}}\n{{/if}}\nOpen the roof.',
          ),
          html: literal('<p>The sensor <b>{{sensor}}</b> says {{celsius}} °C.</p>'),
        },
      },
    },
    roles: {
      api_log: { name: '${local.prefix}-api-log', assume_role_policy: trusting('appsync.amazonaws.com') },
      warnings: { name: '${local.prefix}-warnings', assume_role_policy: trusting('lambda.amazonaws.com') },
      warnings_caller: {
        name: '${local.prefix}-warnings-caller',
        assume_role_policy: trusting('appsync.amazonaws.com'),
      },
    },
    policies: {
      warnings: {
        name: 'warnings',
        role: '${aws_iam_role.warnings.name}',
        policy: allowing(
          {
            Action: ['ses:SendEmail', 'ses:SendTemplatedEmail'],
            Resource: [
              '${aws_sesv2_email_identity.greenhouse.arn}',
              '${aws_sesv2_configuration_set.warnings.arn}',
              '${aws_ses_template.heat.arn}',
            ],
          },
          {
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: ['${aws_cloudwatch_log_group.warnings.arn}:log-stream:*'],
          },
          { Action: ['ssm:GetParameter'], Resource: ['${aws_ssm_parameter.keeper.arn}'] },
        ),
      },
      api_log: {
        name: 'log',
        role: '${aws_iam_role.api_log.name}',
        policy: allowing({
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: ['${aws_cloudwatch_log_group.api.arn}:log-stream:*'],
        }),
      },
      warnings_caller: {
        name: 'warnings',
        role: '${aws_iam_role.warnings_caller.name}',
        policy: allowing({
          Action: ['lambda:InvokeFunction'],
          Resource: ['${aws_lambda_function.warnings.arn}'],
        }),
      },
    },
    functions: {
      warnings: {
        function_name: '${local.prefix}-warnings',
        filename: 'warnings.zip',
        source_code_hash: '${filebase64sha256("${path.module}/warnings.zip")}',
        handler: 'index.handler',
        runtime: 'nodejs24.x',
        role: '${aws_iam_role.warnings.arn}',
        timeout: 10,
        logging_config: { log_format: 'JSON', log_group: '${aws_cloudwatch_log_group.warnings.name}' },
        memory_size: 256,
        environment: {
          variables: {
            SENDER: 'Greenhouse <alarm@${aws_sesv2_email_identity.greenhouse.email_identity}>',
            KEEPER: '${aws_ssm_parameter.keeper.name}',
            TEMPLATE: '${aws_ses_template.heat.name}',
          },
        },
      },
    },
    dataSources: {
      warnings: {
        api_id: '${aws_appsync_graphql_api.api.id}',
        name: 'warnings',
        type: 'AWS_LAMBDA',
        service_role_arn: '${aws_iam_role.warnings_caller.arn}',
        lambda_config: { function_arn: '${aws_lambda_function.warnings.arn}' },
      },
    },
  };
}
